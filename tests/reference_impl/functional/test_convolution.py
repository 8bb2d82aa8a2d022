"""Convolutions and transposed convolutions: against torch, by hand, to second order, and the words of their errors."""

from functools import partial

import numpy as np
import pytest
from agreement import Comparison, second_gradients
from draws import seeds, values
from hypothesis import given
from hypothesis import strategies as st
from spatial import AXES, convolutions, for_each_axes, transposed_convolutions

from reference_impl import functional as F
from reference_impl.autograd import Tensor, check_gradients
from reference_impl.functional import columns
from reference_impl.functional.windows import conv_windows

same_warns = pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel:UserWarning")


@same_warns
def test_convolutions_agree_with_torch(agreement, precision):
    names = "reference_impl.functional.conv{}d", "torch.nn.functional.conv{}d"
    with for_each_axes(agreement, *names, precision) as compare:

        @given(seed=seeds, axes=st.sampled_from(AXES), data=st.data())
        def drawn(seed, axes, data):
            found = data.draw(convolutions(axes))
            into, out = found["channels"]
            groups = found["options"]["groups"]
            arrays = [
                values(seed, (*found["samples"], into * groups, *found["size"])),
                values(seed + 1, (out * groups, into, *found["kernel"])),
                values(seed + 2, (out * groups,)),
            ]

            def run(library, *tensors):
                return getattr(library.F, f"conv{axes}d")(*tensors, **found["options"])

            compare[axes](run, *arrays[: 2 + found["bias"]], sums=True)

        drawn()


def test_transposed_convolutions_agree_with_torch(agreement, precision):
    names = "reference_impl.functional.conv_transpose{}d", "torch.nn.functional.conv_transpose{}d"
    with for_each_axes(agreement, *names, precision) as compare:

        @given(seed=seeds, axes=st.sampled_from(AXES), data=st.data())
        def drawn(seed, axes, data):
            found = data.draw(transposed_convolutions(axes))
            into, out = found["channels"]
            groups = found["options"]["groups"]
            arrays = [
                values(seed, (*found["samples"], into * groups, *found["size"])),
                values(seed + 1, (into * groups, out, *found["kernel"])),
                values(seed + 2, (out * groups,)),
            ]

            def run(library, *tensors):
                return getattr(library.F, f"conv_transpose{axes}d")(*tensors, **found["options"])

            compare[axes](run, *arrays[: 2 + found["bias"]], sums=True)

        drawn()


X, WEIGHT, BIAS = values(1, (2, 4, 5, 4)), values(2, (6, 2, 3, 2)), values(3, (6,))
CASES = {
    "conv2d": (
        [X, WEIGHT, BIAS],
        {"stride": (2, 1), "padding": (1, 0), "dilation": (1, 2), "groups": 2},
    ),
    "conv1d": ([X[0], values(4, (3, 5, 2))], {"stride": 3, "padding": 2}),
    "conv3d": ([values(5, (1, 1, 3, 2, 3)), values(6, (2, 1, 2, 2, 1))], {"padding": (0, 1, 0)}),
    "conv_transpose2d": (
        [values(7, (1, 4, 2, 3)), values(8, (4, 2, 3, 2)), values(9, (4,))],
        {"stride": (2, 1), "padding": (1, 0), "output_padding": (1, 1), "dilation": (1, 2), "groups": 2},
    ),
}
each_case = pytest.mark.parametrize("name", CASES)


@each_case
def test_second_gradients_agree_with_torch(name):
    arrays, options = CASES[name]

    def run(library, *tensors):
        return getattr(library.F, name)(*tensors, **options) ** 2

    with Comparison("float64", None) as compare:
        compare.arrays("gradient", lambda library, *xs: second_gradients(library, run, *xs), *arrays)


def test_gradients_are_right_to_third_order():
    x, weight = values(1, (1, 2, 4)), values(2, (2, 1, 2))
    check_gradients(partial(F.conv1d, stride=2, padding=1, groups=2), x, weight, order=3)
    check_gradients(partial(F.conv_transpose1d, stride=2, padding=1, groups=2), x, weight, order=3)


def test_a_convolution_by_hand():
    image = np.arange(16.0).reshape(1, 1, 4, 4)
    weight = np.asarray([[[[1.0, 10.0], [100.0, 1000.0]]]])
    result = F.conv2d(image, weight, stride=2).tolist()
    wanted = [[0 + 10 + 400 + 5000, 2 + 30 + 600 + 7000], [8 + 90 + 1200 + 13000, 10 + 110 + 1400 + 15000]]
    assert result == [[wanted]]


def test_unequal_padding_is_a_pair_for_each_axis():
    x, weight = values(1, (1, 2, 5, 4)), values(2, (3, 2, 2, 3))
    padded = np.pad(x, ((0, 0), (0, 0), (2, 0), (1, 3)))
    assert np.array_equal(F.conv2d(x, weight, padding=((2, 0), (1, 3))).data, F.conv2d(padded, weight).data)
    g, kernel = values(3, (2, 4)), values(4, (2, 1, 3))
    whole = F.conv_transpose1d(g, kernel, stride=2).data
    assert np.array_equal(F.conv_transpose1d(g, kernel, stride=2, padding=((2, 1),)).data, whole[:, 2:-1])


def test_the_transpose_of_a_convolution_is_its_adjoint():
    x, g, weight = values(1, (2, 3, 7)), values(2, (2, 4, 4)), values(3, (4, 3, 3))
    forward = F.conv1d(x, weight, stride=2, padding=1).data
    back = F.conv_transpose1d(g, weight, stride=2, padding=1).data
    assert (forward * g).sum() == pytest.approx((x * back).sum(), rel=1e-13)


def test_batches_of_columns_change_nothing_but_the_memory(monkeypatch):
    x, weight = values(1, (7, 3, 6, 5)), values(2, (4, 3, 3, 3))

    def gradients():
        leaves = [Tensor(x, requires_grad=True), Tensor(weight, requires_grad=True)]
        result = F.conv2d(*leaves, padding=1)
        result.backward(np.cos(result.data))
        return [result.data, *(leaf.grad for leaf in leaves)]

    whole = gradients()
    monkeypatch.setattr(columns, "MOST_ENTRIES", 2 * 3 * 9 * 30)
    batches = columns.batches(7, 3, conv_windows((6, 5), (3, 3), 1, 1, 1))
    assert [batch.stop for batch in batches] == [2, 4, 6, 7]
    for found, wanted in zip(gradients(), whole, strict=True):
        assert np.allclose(found, wanted, rtol=1e-13, atol=1e-13)


def test_no_samples_give_no_results():
    assert F.conv2d(np.ones((0, 2, 4, 4)), np.ones((3, 2, 3, 3))).shape == (0, 3, 2, 2)
    weight = Tensor(np.ones((3, 2, 3)), requires_grad=True)
    F.conv1d(np.ones((0, 2, 4)), weight).sum().backward()
    assert weight.grad.tolist() == np.zeros((3, 2, 3)).tolist()


@pytest.mark.parametrize("bad", [np.inf, np.nan, 1e308])
def test_extreme_values_reach_the_outputs_that_see_them(bad):
    x = np.zeros((1, 1, 6))
    x[0, 0, 3] = bad
    with np.errstate(invalid="ignore", over="ignore"):
        result = F.conv1d(x, np.asarray([[[1.0, 2.0]]])).data[0, 0]
        assert np.array_equal(result[[2, 3]], np.asarray([2.0, 1.0]) * bad, equal_nan=True)
    assert result[[0, 1, 4]].tolist() == [0.0, 0.0, 0.0]


ERRORS = {
    "channels": (
        lambda: F.conv2d(np.ones((1, 4, 8, 8)), np.ones((8, 3, 3, 3))),
        RuntimeError,
        r"Given groups=1, weight of size \[8, 3, 3, 3\], expected input\[1, 4, 8, 8\] to have 3 channels, but got 4 "
        r"channels instead; `weight` must have shape \(outputs, inputs / groups, \*kernel\)",
    ),
    "channels of the transpose": (
        lambda: F.conv_transpose1d(np.ones((4, 8)), np.ones((3, 2, 3))),
        RuntimeError,
        r"Given transposed=1, weight of size \[3, 2, 3\], expected input\[1, 4, 8\] to have 3 channels, but got 4",
    ),
    "groups": (
        lambda: F.conv1d(np.ones((4, 8)), np.ones((3, 2, 3)), groups=2),
        RuntimeError,
        r"`groups` \(=2\) must divide the 3 channels of `weight`; pass e.g. groups=1",
    ),
    "no groups": (lambda: F.conv1d(np.ones((4, 8)), np.ones((3, 2, 3)), groups=0), ValueError, "`groups`"),
    "bias": (
        lambda: F.conv1d(np.ones((4, 8)), np.ones((3, 4, 3)), np.ones(2)),
        RuntimeError,
        r"`bias` \(=\(2,\)\) must have shape \(3,\); one for each output channel",
    ),
    "axes": (
        lambda: F.conv2d(np.ones((2, 3)), np.ones((3, 2, 3, 3))),
        RuntimeError,
        r"Expected 3D \(unbatched\) or 4D \(batched\) input to conv2d, but got input of size: \[2, 3\]; give it",
    ),
    "axes of the kernel": (
        lambda: F.conv2d(np.ones((2, 3, 3)), np.ones((3, 2, 3))),
        RuntimeError,
        r"`weight` \(of shape \(3, 2, 3\)\) must have 4 axes",
    ),
    "kernel": (
        lambda: F.conv1d(np.ones((1, 3)), np.ones((1, 1, 3)), dilation=2),
        ValueError,
        r"`kernel_size` \(=3\) with dilation 2 spans 5 inputs, but the padded input has only 3; add at least 2",
    ),
    "stride": (
        lambda: F.conv1d(np.ones((1, 3)), np.ones((1, 1, 3)), stride=0),
        ValueError,
        r"`stride` \(=0\) must be at least 1",
    ),
    "a list that is too long": (
        lambda: F.conv1d(np.ones((1, 3)), np.ones((1, 1, 3)), stride=[1, 2]),
        ValueError,
        r"`stride` \(=\(1, 2\)\) must be one int or a tuple of 1, one for each dimension",
    ),
    "same": (
        lambda: F.conv1d(np.ones((1, 3)), np.ones((1, 1, 3)), padding="same", stride=2),
        ValueError,
        "`padding` .='same'. is not supported for strided convolutions",
    ),
    "output padding": (
        lambda: F.conv_transpose1d(np.ones((1, 3)), np.ones((1, 1, 3)), output_padding=1),
        ValueError,
        r"`output_padding` \(=1\) must be smaller than stride \(1\) or dilation \(1\); pass at most 0",
    ),
    "dtypes": (
        lambda: F.conv1d(np.ones((1, 3)), np.ones((1, 1, 3), np.float32)),
        TypeError,
        "Expected one dtype, but found numpy float64 on cpu and numpy float32 on cpu",
    ),
}


@pytest.mark.parametrize(("call", "error", "words"), ERRORS.values(), ids=ERRORS)
def test_bad_arguments_are_named(call, error, words):
    with pytest.raises(error, match=words):
        call()
