"""Bad input gives an error that names argument, value, rule and fix; never a wrong number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.shapes import (
    adaptive_pool_windows,
    conv_output_size,
    conv_transpose_output_size,
    fold_output_shape,
    frame_count,
    pool_output_size,
    unfold_output_shape,
    unpool_output_size,
    upsample_output_size,
)

WORDS = [
    (lambda: conv_output_size(0, 3), ValueError, "`size` (=0) must be at least 1; pass e.g. size=1"),
    (lambda: conv_output_size(7, -3), ValueError, "`kernel_size` (=-3) must be at least 1"),
    (lambda: conv_output_size(7.0, 3), TypeError, "`size` (=7.0) must be an int; pass e.g. size=1"),
    (lambda: conv_output_size(7, True), TypeError, "`kernel_size` (=True) must be an int"),
    (lambda: conv_output_size("7", 3), TypeError, "`size` (='7') must be an int"),
    (lambda: conv_output_size(10**30, 3), ValueError, "must be below 2**63"),
    (lambda: conv_output_size((1, 2, 3, 4), 3), ValueError, "one for each of 1 to 3 dimensions"),
    (
        lambda: conv_output_size((9, 9), (3, 3, 3)),
        ValueError,
        "`kernel_size` (=(3, 3, 3)) must be one int or a tuple of 2",
    ),
    (
        lambda: conv_output_size(9, 3, padding="full"),
        ValueError,
        "`padding` (='full') is unknown; choose 'same', 'valid'",
    ),
    (lambda: conv_output_size(9, 3, 2, "same"), ValueError, "is not supported for strided convolutions"),
    (lambda: conv_output_size(9, 3, padding=(1, 2)), ValueError, "pass padding=((1, 2),)"),
    (lambda: conv_output_size((9, 9), 3, padding=((1, 2),)), ValueError, "must be 2 pairs (before, after)"),
    (lambda: conv_output_size(9, 3, padding=((1, 2, 3),)), ValueError, "must be 1 pairs (before, after)"),
    (
        lambda: conv_output_size(3, 3, padding=1, dilation=3),
        ValueError,
        "`kernel_size` (=3) with dilation 3 spans 7 inputs, but the padded input has only 5; add at least 2",
    ),
    (
        lambda: conv_transpose_output_size(9, 3, 2, output_padding=2),
        ValueError,
        "must be smaller than stride (2) or dilation (1); pass at most 1",
    ),
    (
        lambda: conv_transpose_output_size(2, 1, padding=1),
        ValueError,
        "`padding` (=1) cuts off the whole output of 2, which leaves 0",
    ),
    (lambda: conv_transpose_output_size(9, 3, padding="same"), ValueError, "has no meaning for a transposed"),
    (lambda: conv_transpose_output_size(2**62, 3, 4), ValueError, "past torch's largest size"),
    (
        lambda: pool_output_size(9, 3, padding=2),
        ValueError,
        "`padding` (=2) must be at most half of kernel_size (3); pass at most 1",
    ),
    (lambda: pool_output_size(1, 2), ValueError, "`kernel_size` (=2) with dilation 1 spans 2 inputs"),
    (lambda: pool_output_size(9, 2, ceil_mode=1), TypeError, "`ceil_mode` (=1) must be True or False"),
    (
        lambda: unpool_output_size(4, 2, output_size=10),
        ValueError,
        "`output_size` (=10) must lie between 7 and 9",
    ),
    (lambda: unpool_output_size(1, 1, padding=2), ValueError, "`padding` (=2) leaves an output of -3"),
    (lambda: adaptive_pool_windows(9, 10**9), ValueError, "more than 100000 windows"),
    (
        lambda: upsample_output_size(9),
        ValueError,
        "`scale_factor` or `output_size` must be given, and neither was",
    ),
    (lambda: upsample_output_size(9, scale_factor=2, output_size=3), ValueError, "and both was"),
    (
        lambda: upsample_output_size(5, scale_factor=0.1),
        ValueError,
        "`scale_factor` (=0.1) leaves nothing of a size of 5",
    ),
    (lambda: upsample_output_size(5, scale_factor=float("nan")), ValueError, "must be above 0 and finite"),
    (lambda: upsample_output_size(5, scale_factor="2"), TypeError, "`scale_factor` (='2') must be a number"),
    (
        lambda: upsample_output_size((5, 5), scale_factor=(2,)),
        ValueError,
        "must be one number or a tuple of 2",
    ),
    (lambda: unfold_output_shape(0, 9, 3), ValueError, "`channels` (=0) must be at least 1"),
    (lambda: fold_output_shape((7, 4), 6, 3), ValueError, "must have a multiple of 3 rows"),
    (
        lambda: fold_output_shape((6, 5), 6, 3),
        ValueError,
        "must have 4 columns, one for each window; pass (6, 4)",
    ),
    (lambda: frame_count(20), ValueError, "`window_ms` (=25) is longer than the recording of 20 ms"),
    (lambda: frame_count(1000.0), TypeError, "`duration_ms` (=1000.0) must be an int"),
]
ONE = st.one_of(
    st.integers(-2, 9),
    st.just(10**30),
    st.booleans(),
    st.floats(),
    st.none(),
    st.sampled_from(["same", "valid", "3", "", "×"]),
)
ANYTHING = st.one_of(ONE, st.lists(st.one_of(ONE, st.tuples(ONE, ONE)), max_size=4).map(tuple))


@pytest.mark.parametrize(("call", "error", "words"), WORDS, ids=[words for _, _, words in WORDS])
def test_errors_name_argument_value_rule_and_fix(call, error, words):
    with pytest.raises(error) as caught:
        call()
    assert words in str(caught.value)
    assert "; " in str(caught.value)


@given(st.lists(ANYTHING, min_size=5, max_size=5))
def test_anything_gives_sizes_or_an_explained_error(arguments):
    for function in (conv_output_size, conv_transpose_output_size, pool_output_size):
        try:
            found = function(*arguments)
        except (ValueError, TypeError) as error:
            assert str(error).startswith("`") and "; " in str(error), error
        else:
            sizes = found if isinstance(arguments[0], tuple) else (found,)
            assert all(type(size) is int and 1 <= size < 2**63 for size in sizes)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (conv_output_size(224, 7, 2, 3), 112),
        (conv_output_size([28, 28], 5, 1, 2), (28, 28)),
        (conv_output_size(224, 11, 4, 2), 55),
        (conv_output_size(32, 3, 1, 2, 2), 32),
        (pool_output_size(112, 3, 2, 1), 56),
        (pool_output_size(5, 2, ceil_mode=True), 3),
        (conv_transpose_output_size(64, 3, 2, 1, output_padding=1), 128),
        ((frame_count(1000), frame_count(1000, center=True), frame_count(10_000)), (98, 101, 998)),
    ],
)
def test_sizes_that_every_textbook_prints(found, expected):
    assert found == expected
