"""Convolution layers: against torch's, their first values, their printed form, and the words of their errors."""

import numpy as np
import pytest
import torch
from draws import seeds, values
from hypothesis import given
from hypothesis import strategies as st
from spatial import AXES, convolutions, each, for_each_axes, transposed_convolutions
from spatial_twins import compare_twins, fewer

from reference_impl import layers
from reference_impl.layers import Conv1d, Conv2d, Conv3d, ConvTranspose1d, ConvTranspose2d, Sequential

RNG = np.random.default_rng(0)


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel:UserWarning")
def test_convolutions_agree_with_torch(agreement, precision):
    with for_each_axes(agreement, "reference_impl.layers.Conv{}d", "torch.nn.Conv{}d", precision) as compare:

        @fewer
        @given(seed=seeds, axes=st.sampled_from(AXES), data=st.data())
        def drawn(seed, axes, data):
            found = data.draw(convolutions(axes))
            options = found["options"]
            into, out = (number * options["groups"] for number in found["channels"])
            modes = ["zeros", "replicate"]
            padding = options["padding"]
            if not isinstance(padding, str) and all(
                number < size for number, size in zip(each(padding, axes), found["size"], strict=True)
            ):
                modes += ["reflect", "circular"]
            options = options | {"bias": found["bias"], "padding_mode": data.draw(st.sampled_from(modes))}
            shape = (*found["samples"], into, *found["size"])
            compare_twins(compare[axes], f"Conv{axes}d", seed, shape, into, out, found["kernel"], **options)

        drawn()


def test_transposed_convolutions_agree_with_torch(agreement, precision):
    names = "reference_impl.layers.ConvTranspose{}d", "torch.nn.ConvTranspose{}d"
    with for_each_axes(agreement, *names, precision) as compare:

        @fewer
        @given(seed=seeds, axes=st.sampled_from(AXES), data=st.data())
        def drawn(seed, axes, data):
            found = data.draw(transposed_convolutions(axes))
            options = found["options"] | {"bias": found["bias"]}
            into, out = (number * options["groups"] for number in found["channels"])
            shape = (*found["samples"], into, *found["size"])
            sizes = (into, out, found["kernel"])
            compare_twins(compare[axes], f"ConvTranspose{axes}d", seed, shape, *sizes, **options)

        drawn()


def test_an_output_size_chooses_the_output_padding():
    ours, theirs = (
        ConvTranspose2d(2, 3, (3, 2), stride=(3, 2), padding=1, rng=RNG, dtype=np.float64),
        torch.nn.ConvTranspose2d(2, 3, (3, 2), stride=(3, 2), padding=1, dtype=torch.float64),
    )
    ours.load_state_dict(theirs.state_dict())
    x = values(1, (1, 2, 4, 3))
    for size in [(10, 4), (12, 5), [11, 4]]:
        wanted = theirs(torch.tensor(x), output_size=size).detach().numpy()
        assert np.allclose(
            ours(x, output_size=size if isinstance(size, tuple) else tuple(size)).data, wanted, rtol=1e-12
        )
    with pytest.raises(
        ValueError, match=r"`output_size` \(=\(13, 4\)\) must lie from \(10, 4\) to \(12, 5\)"
    ):
        ours(x, output_size=(13, 4))


@pytest.mark.parametrize(
    ("name", "kernel", "groups"), [("Conv2d", (3, 2), 2), ("Conv3d", 3, 1), ("ConvTranspose2d", (3, 2), 2)]
)
def test_first_values_are_uniform_as_in_torch(name, kernel, groups):
    ours = getattr(layers, name)(64, 128, kernel, groups=groups, rng=np.random.default_rng(0))
    theirs = getattr(torch.nn, name)(64, 128, kernel, groups=groups)
    bound = 1 / np.prod(ours.weight.shape[1:]) ** 0.5
    assert abs(ours.weight.data).max() == pytest.approx(bound, rel=1e-3)
    assert float(abs(theirs.weight.detach()).max()) == pytest.approx(bound, rel=1e-3)
    assert ours.weight.data.std() == pytest.approx(bound / 3**0.5, rel=0.02)
    assert abs(ours.bias.data).max() <= bound
    assert float(abs(theirs.bias.detach()).max()) == pytest.approx(abs(ours.bias.data).max(), rel=0.1)


def test_every_library_and_device_sees_the_same_first_values(library):
    like = library.empty(library.dtypes.float64)
    layer = Conv1d(2, 3, 4, rng=np.random.default_rng(5), like=like)
    wanted = Conv1d(2, 3, 4, rng=np.random.default_rng(5), dtype=np.float64)
    assert np.array_equal(library.values(layer.weight), wanted.weight.data)
    assert np.array_equal(library.values(layer.bias), wanted.bias.data)


def test_without_an_example_the_parameters_are_float32_as_in_torch():
    assert Conv2d(1, 1, 1, rng=RNG).weight.dtype == np.float32


@pytest.mark.parametrize(
    ("name", "sizes", "options"),
    [
        ("Conv1d", (2, 4, 3), {}),
        (
            "Conv2d",
            (2, 4, 3),
            {"padding": "same", "dilation": 2, "groups": 2, "bias": False, "padding_mode": "reflect"},
        ),
        ("Conv3d", (2, 4, (3, 2, 1)), {"stride": 2, "padding": (0, 1, 0)}),
        ("ConvTranspose1d", (2, 4, 3), {"stride": 2, "padding": 1, "output_padding": 1}),
        ("ConvTranspose2d", (2, 4, 3), {"dilation": (2, 1), "groups": 2, "bias": False}),
    ],
)
def test_they_print_as_in_torch(name, sizes, options):
    assert repr(getattr(layers, name)(*sizes, **options, rng=RNG)) == repr(
        getattr(torch.nn, name)(*sizes, **options)
    )


def test_state_goes_to_torch_and_back():
    ours = Sequential(Conv2d(1, 2, 3, rng=RNG), Conv2d(2, 3, 1, bias=False, rng=RNG))
    theirs = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.Conv2d(2, 3, 1, bias=False))
    theirs.load_state_dict({name: torch.tensor(array) for name, array in ours.state_dict().items()})
    x = values(1, (1, 1, 5, 5)).astype(np.float32)
    assert np.allclose(ours(x).data, theirs(torch.tensor(x)).detach().numpy(), rtol=1e-4, atol=1e-6)


ERRORS = {
    "in_channels": (
        lambda: Conv2d(3, 4, 3, groups=2, rng=RNG),
        ValueError,
        r"`in_channels` \(=3\) must be divisible by `groups` \(=2\)",
    ),
    "out_channels": (
        lambda: Conv2d(4, 3, 3, groups=2, rng=RNG),
        ValueError,
        r"`out_channels` \(=3\) must be divis",
    ),
    "kernel": (
        lambda: Conv2d(4, 3, (3, 3, 3), rng=RNG),
        ValueError,
        r"`kernel_size` \(=\(3, 3, 3\)\) must be one int or a tuple of 2, one for each dimension",
    ),
    "same": (
        lambda: Conv1d(1, 1, 3, stride=2, padding="same", rng=RNG),
        ValueError,
        "is not supported for strided",
    ),
    "mode": (
        lambda: Conv3d(1, 1, 3, padding_mode="mirror", rng=RNG),
        ValueError,
        r"`padding_mode` \(='mirror'\) is",
    ),
    "rng": (
        lambda: ConvTranspose1d(1, 1, 3, rng=None),
        TypeError,
        r"`rng` \(=None\) must be a numpy.random.Gen",
    ),
}


@pytest.mark.parametrize(("call", "error", "words"), ERRORS.values(), ids=ERRORS)
def test_bad_arguments_are_named(call, error, words):
    with pytest.raises(error, match=words):
        call()
