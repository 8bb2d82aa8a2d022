"""What batch and instance normalisation have in common: scales, shifts and running averages."""

from typing import Any

from reference_impl._array import Array, assign, device, namespace
from reference_impl._checks import check_size
from reference_impl.autograd import Tensor
from reference_impl.layers.module import Module
from reference_impl.layers.normalisation import ones
from reference_impl.layers.parameters import example, parameter


class ChannelNormalisation(Module):
    """Settings, parameters and buffers of a normalisation with statistics of each channel."""

    axes: tuple[int, ...]
    """How many axes an input may have."""
    running_mean: Array | None = None
    running_var: Array | None = None
    num_batches_tracked: Array | None = None

    def set_up(
        self,
        num_features: int,
        numbers: tuple[float, float | None],
        affine: tuple[bool, bool],
        track_running_stats: bool,
        like: Array | None,
        dtype: Any,
    ) -> None:
        """Keep the settings, and make parameters and buffers."""
        check_size("num_features", num_features)
        self.num_features = num_features
        self.eps, self.momentum = numbers
        model, (scaled, shifted) = example(like, dtype), affine
        self.weight = ones(model, num_features) if scaled else None
        self.bias = parameter(model, num_features) if shifted else None
        if track_running_stats:
            xp, place = namespace(model), device(model)
            self.running_mean = xp.zeros((num_features,), dtype=model.dtype, device=place)
            self.running_var = xp.ones((num_features,), dtype=model.dtype, device=place)
            self.num_batches_tracked = xp.zeros((), dtype=xp.int64, device=place)

    def share_of_batch(self) -> float:
        """Count a batch, and return the share of its statistics in the running averages: 1 / count without momentum."""
        if self.num_batches_tracked is None:
            return 0.0
        assign(self.num_batches_tracked, self.num_batches_tracked + 1)
        return 1.0 / int(self.num_batches_tracked) if self.momentum is None else self.momentum

    def check_input(self, input: Tensor | Array) -> None:
        """Raise unless the input has an expected number of axes and of channels."""
        axes = input.ndim
        if axes not in self.axes:
            expected = " or ".join(f"{number}D" for number in self.axes)
            raise ValueError(
                f"expected {expected} input (got {axes}D input); choose the layer for {axes} axes"
            )

    def extra_repr(self) -> str:
        """Return the settings, as torch prints them."""
        return (
            f"{self.num_features}, eps={self.eps}, momentum={self.momentum}, affine={self.weight is not None}, "
            f"bias={self.bias is not None}, track_running_stats={self.running_mean is not None}"
        )
