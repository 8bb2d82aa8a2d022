"""Normalisation layers: against torch's in both modes, their state, their printed form, and the words of errors."""

import numpy as np
import pytest
import torch
from draws import seeds, values
from hypothesis import given
from hypothesis import strategies as st
from spatial import AXES, for_each_axes
from spatial_twins import compare_twins, fewer

from reference_impl import layers
from reference_impl.layers import BatchNorm1d, BatchNorm2d, GroupNorm, InstanceNorm1d, LayerNorm, RMSNorm

small_numbers = st.sampled_from([1e-3, 0.1])


@pytest.mark.parametrize("kind", ["Batch", "Instance"])
def test_normalisation_of_channels_agrees_with_torch(kind, agreement, precision):
    name = f"{kind}Norm{{}}d"
    with for_each_axes(agreement, f"reference_impl.layers.{name}", f"torch.nn.{name}", precision) as compare:

        @fewer
        @given(
            seed=seeds,
            axes=st.sampled_from(AXES),
            samples=st.integers(2, 3),
            channels=st.integers(1, 3),
            momentum=st.sampled_from([0.1, 0.75] + [None] * (kind == "Batch")),
            eps=small_numbers,
            flags=st.tuples(*[st.booleans()] * 4),
        )
        def drawn(seed, axes, samples, channels, momentum, eps, flags):
            affine, track, training, short = flags
            shape = (samples, channels, *(2, 3, 1)[:axes])
            if short:
                shape = shape[1:] if kind == "Instance" else shape[: max(2, axes + 2 - (axes == 1))]
            options = {"eps": eps, "momentum": momentum, "affine": affine, "track_running_stats": track}
            compare_twins(
                compare[axes], name.format(axes), seed, shape, channels, training=training, **options
            )

        drawn()


def test_layer_norm_agrees_with_torch(agreement, precision):
    with agreement("reference_impl.layers.LayerNorm", "torch.nn.LayerNorm", precision) as compare:

        @fewer
        @given(
            seed=seeds,
            features=st.integers(1, 4) | st.tuples(st.integers(1, 3), st.integers(2, 3)),
            affine=st.booleans(),
            bias=st.booleans(),
            eps=small_numbers,
        )
        def drawn(seed, features, affine, bias, eps):
            shape = (2, *(features if isinstance(features, tuple) else (features,)))
            options = {"eps": eps, "elementwise_affine": affine, "bias": bias}
            compare_twins(compare, "LayerNorm", seed, shape, features, **options)

        drawn()


def test_rms_norm_agrees_with_torch(agreement, precision):
    with agreement("reference_impl.layers.RMSNorm", "torch.nn.RMSNorm", precision) as compare:

        @fewer
        @given(
            seed=seeds,
            features=st.integers(1, 4) | st.tuples(st.integers(1, 3), st.integers(2, 3)),
            affine=st.booleans(),
            eps=st.none() | small_numbers,
        )
        def drawn(seed, features, affine, eps):
            shape = (2, *(features if isinstance(features, tuple) else (features,)))
            compare_twins(compare, "RMSNorm", seed, shape, features, eps=eps, elementwise_affine=affine)

        drawn()


def test_group_norm_agrees_with_torch(agreement, precision):
    with agreement("reference_impl.layers.GroupNorm", "torch.nn.GroupNorm", precision) as compare:

        @fewer
        @given(
            seed=seeds,
            groups=st.integers(1, 3),
            each=st.integers(1, 3),
            size=st.lists(st.integers(1, 3), max_size=2),
            affine=st.booleans(),
            bias=st.booleans(),
            eps=small_numbers,
        )
        def drawn(seed, groups, each, size, affine, bias, eps):
            options = {"affine": affine, "bias": bias, "eps": eps}
            compare_twins(
                compare, "GroupNorm", seed, (2, groups * each, *size), groups, groups * each, **options
            )

        drawn()


def test_evaluation_uses_the_running_averages_and_leaves_them():
    layer = BatchNorm1d(3, momentum=1.0, dtype=np.float64)
    x = values(1, (5, 3))
    layer(x)
    before = {name: array.copy() for name, array in layer.state_dict().items()}
    result = layer.eval()(x + 100.0).data
    wanted = (x + 100.0 - x.mean(0)) / np.sqrt(x.var(0, ddof=1) + 1e-5)
    assert np.allclose(result, wanted, rtol=1e-12)
    for name, array in layer.state_dict().items():
        assert np.array_equal(array, before[name])


def test_buffers_are_saved_with_the_state_and_are_no_parameters():
    layer = BatchNorm2d(3)
    assert [name for name, _ in layer.named_parameters()] == ["weight", "bias"]
    assert [name for name, _ in layer.named_buffers()] == [
        "running_mean",
        "running_var",
        "num_batches_tracked",
    ]
    theirs = torch.nn.BatchNorm2d(3)
    theirs(torch.randn(2, 3, 4, 4))
    layer.load_state_dict(theirs.state_dict())
    assert int(layer.num_batches_tracked) == 1
    assert np.array_equal(layer.running_mean, theirs.running_mean.numpy())


@pytest.mark.parametrize("name", ["BatchNorm1d", "InstanceNorm1d", "GroupNorm", "LayerNorm", "RMSNorm"])
def test_the_defaults_are_torchs(name):
    x, sizes = (
        values(1, (4, 3, 2)) / 100,
        {"GroupNorm": (3, 3), "LayerNorm": (2,), "RMSNorm": (2,)}.get(name, (3,)),
    )
    ours, theirs = getattr(layers, name)(*sizes, dtype=np.float64), getattr(torch.nn, name)(*sizes).double()
    for _ in range(2):
        assert np.allclose(ours(x).data, theirs(torch.tensor(x)).detach().numpy(), rtol=1e-12)
        ours.eval()
        theirs.eval()


@pytest.mark.parametrize(
    ("name", "sizes", "options"),
    [
        ("BatchNorm2d", (3,), {"momentum": None}),
        ("BatchNorm1d", (3,), {"affine": False, "track_running_stats": False}),
        ("InstanceNorm1d", (3,), {}),
        ("GroupNorm", (2, 4), {"bias": False}),
        ("LayerNorm", ((2, 3),), {"eps": 0.1}),
        ("RMSNorm", (3,), {"elementwise_affine": False}),
    ],
)
def test_they_print_as_in_torch(name, sizes, options):
    assert repr(getattr(layers, name)(*sizes, **options)) == repr(getattr(torch.nn, name)(*sizes, **options))


ERRORS = {
    "axes": (
        lambda: BatchNorm2d(3)(np.ones((2, 3, 4), np.float32)),
        ValueError,
        r"expected 4D input \(got 3D input\); choose the layer for 3 axes",
    ),
    "two kinds": (
        lambda: BatchNorm1d(3)(np.ones(3, np.float32)),
        ValueError,
        "expected 2D or 3D input .got 1D",
    ),
    "channels": (
        lambda: BatchNorm1d(3)(np.ones((2, 4), np.float32)),
        RuntimeError,
        r"`running_mean` \(=\(3,\)\) must have shape \(4,\); one entry for each channel of `input`",
    ),
    "features": (lambda: InstanceNorm1d(0), ValueError, r"`num_features` \(=0\) must be at least 1"),
    "length": (lambda: LayerNorm((2, 0)), ValueError, r"`normalized_shape` \(=0\) must be at least 1"),
    "no int": (lambda: RMSNorm(2.0), TypeError, r"`normalized_shape` \(=2.0\) must be an int"),
    "groups": (
        lambda: GroupNorm(2, 3),
        ValueError,
        r"`num_channels` \(=3\) must be divisible by `num_groups` \(=2\); change one",
    ),
}


@pytest.mark.parametrize(("call", "error", "words"), ERRORS.values(), ids=ERRORS)
def test_bad_arguments_are_named(call, error, words):
    with pytest.raises(error, match=words):
        call()
