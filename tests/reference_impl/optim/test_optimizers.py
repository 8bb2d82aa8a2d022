"""Optimizers and update rules against torch: a few steps on every array library, and fifty of a network."""

import pytest
import torch
from draws import seeds, shapes, values
from fifty_steps import compare_fifty_steps
from hypothesis import given
from hypothesis import settings as volume
from paper_comparison import compare_with_paper
from paper_formulas import FORMULAS
from rule_walks import WALKS
from settings_drawn import TORCH

STEPS = 4
FIFTY = volume(max_examples=max(volume.default.max_examples // 10, 5))
ALWAYS = {"amsgrad_update": {"amsgrad": True}}


@pytest.fixture(autouse=True)
def numbers_of_torch_in_this_precision(precision):
    """Let torch keep the product of NAdam's momenta in float64; by default it keeps it in float32."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(getattr(torch, precision))
    yield
    torch.set_default_dtype(before)


def train(optimizer, parameter, gradients):
    for gradient in gradients:
        optimizer.zero_grad()
        parameter.grad = gradient
        optimizer.step()
    return [parameter.data]


@pytest.mark.parametrize("name", TORCH)
def test_optimizers_agree_with_torch(name, agreement, precision):
    with agreement(f"reference_impl.optim.{name}", f"torch.optim.{name}", precision) as compare:

        @given(seed=seeds, shape=shapes(most=3), settings=TORCH[name])
        def drawn(seed, shape, settings):
            start = values(seed, shape)
            gradients = [values(seed + step, shape) for step in range(1, STEPS + 1)]

            def run(library, start, *gradients):
                parameter = library.tensor(library.values(start).copy(), requires_grad=True)
                return train(getattr(library.optim, name)([parameter], **settings), parameter, gradients)

            compare.arrays("step", run, start, *gradients)

        @FIFTY
        @given(seed=seeds, settings=TORCH[name])
        def fifty(seed, settings):
            compare_fifty_steps(compare, name, settings, seed)

        drawn()
        if precision == "float64":
            fifty()
        if name in FORMULAS:
            compare_with_paper(compare, name, "paper")


@pytest.mark.parametrize("name", WALKS)
def test_rules_agree_with_torch(name, agreement, precision):
    kind, walk, taken = WALKS[name]
    with agreement(f"reference_impl.optim.{name}", f"torch.optim.{kind}", precision) as compare:

        @given(seed=seeds, shape=shapes(least=1, most=3), settings=TORCH[kind])
        def drawn(seed, shape, settings):
            settings = {key: value for key, value in settings.items() if key in {"lr", *taken}}

            def run(library, parameter, *gradients):
                if library.name != "the oracle":
                    return [walk(parameter, gradients, settings)]
                parameter = torch.nn.Parameter(parameter)
                optimizer = getattr(torch.optim, kind)([parameter], **settings, **ALWAYS.get(name, {}))
                return train(optimizer, parameter, gradients)

            compare.arrays("step", run, *(values(seed + number, shape) for number in range(STEPS)))

        drawn()
