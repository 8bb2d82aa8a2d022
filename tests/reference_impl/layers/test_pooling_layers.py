"""Pooling and upsampling layers against torch's, and their printed form."""

import numpy as np
import pytest
import torch
from draws import seeds
from hypothesis import given
from hypothesis import strategies as st
from spatial import AXES, for_each_axes, poolings
from spatial_twins import compare_twins, fewer

from reference_impl import layers


@pytest.mark.parametrize("kind", ["Max", "Avg"])
def test_pooling_agrees_with_torch(kind, agreement, precision):
    name = f"{kind}Pool{{}}d"
    with for_each_axes(agreement, f"reference_impl.layers.{name}", f"torch.nn.{name}", precision) as compare:

        @fewer
        @given(seed=seeds, axes=st.sampled_from(AXES), data=st.data())
        def drawn(seed, axes, data):
            found = data.draw(poolings(axes, dilated=kind == "Max"))
            options = found["settings"]
            if kind == "Avg" and axes > 1:
                options = options | {"divisor_override": data.draw(st.sampled_from([None, None, None, 3]))}
            compare_twins(compare[axes], name.format(axes), seed, found["shape"], **options)

        drawn()


@pytest.mark.parametrize("kind", ["Max", "Avg"])
def test_adaptive_pooling_agrees_with_torch(kind, agreement, precision):
    name = f"Adaptive{kind}Pool{{}}d"
    with for_each_axes(agreement, f"reference_impl.layers.{name}", f"torch.nn.{name}", precision) as compare:

        @fewer
        @given(seed=seeds, axes=st.sampled_from(AXES), data=st.data())
        def drawn(seed, axes, data):
            size = data.draw(st.tuples(*[st.integers(1, 7 - axes)] * axes))
            numbers = st.integers(1, 6 - axes)
            wanted = data.draw(numbers if axes == 1 else numbers | st.tuples(*[st.none() | numbers] * axes))
            compare_twins(compare[axes], name.format(axes), seed, (2, 2, *size), wanted)

        drawn()


def test_upsample_agrees_with_torch(agreement, precision):
    with agreement("reference_impl.layers.Upsample", "torch.nn.Upsample", precision) as compare:

        @fewer
        @given(
            seed=seeds,
            axes=st.sampled_from(AXES),
            factor=st.sampled_from([1, 2, 1.5, 2.7]),
            size=st.none() | st.integers(1, 5),
            smooth=st.booleans(),
            corners=st.booleans(),
        )
        def drawn(seed, axes, factor, size, smooth, corners):
            options = (
                {"mode": ["linear", "bilinear", "trilinear"][axes - 1], "align_corners": corners}
                if smooth
                else {}
            )
            options |= {"scale_factor": factor} if size is None else {"size": size}
            compare_twins(compare, "Upsample", seed, (2, 1, *(4, 3, 2)[:axes]), **options)

        drawn()


@pytest.mark.parametrize(
    ("name", "sizes", "options"),
    [
        ("MaxPool2d", (3,), {"padding": 1}),
        ("MaxPool1d", (3, 2), {"dilation": 2, "ceil_mode": True}),
        ("AvgPool2d", ((3, 2),), {}),
        ("AvgPool3d", (3, 2), {}),
        ("AdaptiveMaxPool2d", ((2, None),), {}),
        ("AdaptiveAvgPool1d", (2,), {}),
        ("Upsample", (), {"scale_factor": 2}),
        ("Upsample", (), {"scale_factor": (2, 1.5)}),
        ("Upsample", ((2, 3),), {"mode": "bilinear"}),
    ],
)
def test_they_print_as_in_torch(name, sizes, options):
    assert repr(getattr(layers, name)(*sizes, **options)) == repr(getattr(torch.nn, name)(*sizes, **options))


def test_the_place_of_torchs_indices_is_refused():
    with pytest.raises(TypeError, match="positional arguments"):
        layers.MaxPool2d(3, 1, 0, 1, True)
    assert layers.MaxPool2d(3, 1, 0, 1)(np.ones((1, 3, 3))).tolist() == [[[1.0]]]
