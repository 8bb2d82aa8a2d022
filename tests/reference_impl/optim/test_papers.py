"""Rules and optimizers that torch lacks, against the formulas of their papers in higher precision."""

import numpy as np
import pytest
import torch
from draws import seeds, shapes, values
from hypothesis import given
from hypothesis import strategies as st
from paper_comparison import ONLY_ON_PAPER, STEPS, compare_with_paper, longdouble, rounded
from paper_formulas import FORMULAS
from rule_walks import walk
from settings_drawn import PAPER, rates

from reference_impl import optim

RULES = {
    "sgdw_update": ("SGDW", 1, False, {}),
    "adabound_update": ("AdaBound", 2, True, {}),
    "amsbound_update": ("AdaBound", 3, True, {"amsbound": True}),
}


@pytest.mark.parametrize("name", sorted(ONLY_ON_PAPER))
def test_optimizers_agree_with_the_paper(name, agreement, precision):
    with agreement(f"reference_impl.optim.{name}", "the paper's formula", precision) as compare:
        compare_with_paper(compare, name, "step")


@pytest.mark.parametrize("name", RULES)
def test_rules_agree_with_the_paper(name, agreement, precision):
    kind, count, counts, always = RULES[name]
    with agreement(f"reference_impl.optim.{name}", "the paper's formula", precision) as compare:

        @given(seed=seeds, shape=shapes(least=1, most=2), settings=PAPER[kind])
        def drawn(seed, shape, settings):
            settings = {key: value for key, value in settings.items() if key != "amsbound"}

            def run(library, start, *gradients):
                if library.name == "the oracle":
                    theta, *slopes = longdouble(library, (start, *gradients))
                    return rounded(FORMULAS[kind](theta, slopes, settings | always), like=start)
                extra = (lambda step: (step,)) if counts else (lambda step: ())
                return [walk(name, start, gradients, settings, [0.0 * start] * count, extra)]

            compare.arrays("step", run, *(values(seed + number, shape) for number in range(STEPS + 1)))

        drawn()


def fast_steps(start, gradients, lr):
    """Return the places of gradient descent from `start`, without the last."""
    places = [start]
    for gradient in gradients:
        places.append(places[-1] - lr * gradient)
    return places[-1]


def test_lookahead_agrees_with_the_paper(agreement, precision):
    with agreement("reference_impl.optim.Lookahead", "the paper's formula", precision) as compare:

        @given(seed=seeds, shape=shapes(most=2), lr=rates, k=st.integers(1, 4), alpha=st.floats(0.0, 1.0))
        def drawn(seed, shape, lr, k, alpha):
            def run(library, start, *gradients):
                if library.name == "the oracle":
                    slow, *slopes = longdouble(library, (start, *gradients))
                    whole = STEPS // k
                    for number in range(whole):
                        fast = fast_steps(slow, slopes[number * k : number * k + k], np.longdouble(lr))
                        slow = np.longdouble(1 - alpha) * slow + np.longdouble(alpha) * fast
                    rest = fast_steps(slow, slopes[whole * k :], np.longdouble(lr))
                    return rounded(rest, like=start)
                parameter = library.tensor(library.values(start).copy(), requires_grad=True)
                optimizer = optim.Lookahead(optim.SGD([parameter], lr=lr), k=k, alpha=alpha)
                for gradient in gradients:
                    parameter.grad = gradient
                    optimizer.step()
                return [parameter.data]

            compare.arrays("step", run, *(values(seed + number, shape) for number in range(STEPS + 1)))

        drawn()


def test_the_rule_of_lookahead_agrees_with_lerp(agreement, precision):
    with agreement("reference_impl.optim.lookahead_update", "torch.lerp", precision) as compare:

        @given(seed=seeds, shape=shapes(least=1, most=3), alpha=st.floats(0.0, 1.0))
        def drawn(seed, shape, alpha):
            def run(library, slow, fast):
                if library.name == "the oracle":
                    return [torch.lerp(slow, fast, alpha)]
                return [optim.lookahead_update(slow, fast, alpha=alpha)]

            compare.arrays("step", run, values(seed, shape), values(seed + 1, shape))

        drawn()
