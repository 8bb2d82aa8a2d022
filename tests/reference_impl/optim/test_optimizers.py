"""Optimizers and update rules against torch, over several steps."""

import torch
from draws import seeds, shapes, values
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.optim import adam_update, sgd_update

STEPS = 4
rates = st.floats(1e-4, 1.0)
fractions = st.floats(0.0, 0.99)
sgd_settings = st.fixed_dictionaries(
    {"lr": rates, "momentum": st.sampled_from([0.0, 0.5, 0.9]), "weight_decay": st.sampled_from([0.0, 0.1])},
    optional={"dampening": fractions},
) | st.fixed_dictionaries({"lr": rates, "momentum": st.floats(0.1, 0.99), "nesterov": st.just(True)})
adam_settings = st.fixed_dictionaries(
    {"lr": rates},
    optional={
        "betas": st.tuples(fractions, st.floats(0.5, 0.999)),
        "eps": st.sampled_from([1e-8, 1e-2]),
        "weight_decay": st.sampled_from([0.0, 0.1]),
    },
)


def train(optimizer, parameter, gradients):
    for gradient in gradients:
        optimizer.zero_grad()
        parameter.grad = gradient
        optimizer.step()
    return [parameter.data]


def compare_optimizers(compare, name, settings):
    @given(seed=seeds, shape=shapes(most=3), settings=settings)
    def drawn(seed, shape, settings):
        start = values(seed, shape)
        gradients = [values(seed + step, shape) for step in range(1, STEPS + 1)]

        def run(library, start, *gradients):
            parameter = library.tensor(library.values(start).copy(), requires_grad=True)
            return train(getattr(library.optim, name)([parameter], **settings), parameter, gradients)

        compare.arrays("step", run, start, *gradients)

    drawn()


def test_sgd_agrees_with_torch(agreement, precision):
    with agreement("reference_impl.optim.SGD", "torch.optim.SGD", precision) as compare:
        compare_optimizers(compare, "SGD", sgd_settings)


def test_adam_agrees_with_torch(agreement, precision):
    with agreement("reference_impl.optim.Adam", "torch.optim.Adam", precision) as compare:
        compare_optimizers(compare, "Adam", adam_settings)


def test_the_rule_of_sgd_agrees_with_torch(agreement, precision):
    with agreement("reference_impl.optim.sgd_update", "torch.optim.SGD", precision) as compare:

        @given(seed=seeds, shape=shapes(least=1, most=3), settings=sgd_settings)
        def drawn(seed, shape, settings):
            def run(library, parameter, *gradients):
                if library.name == "the oracle":
                    parameter = torch.nn.Parameter(parameter)
                    return train(torch.optim.SGD([parameter], **settings), parameter, gradients)
                velocity = None
                for gradient in gradients:
                    parameter, velocity = sgd_update(parameter, gradient, velocity, **settings)
                return [parameter]

            compare.arrays("step", run, *(values(seed + number, shape) for number in range(STEPS)))

        drawn()


def test_the_rule_of_adam_agrees_with_torch(agreement, precision):
    with agreement("reference_impl.optim.adam_update", "torch.optim.Adam", precision) as compare:

        @given(seed=seeds, shape=shapes(least=1, most=3), settings=adam_settings)
        def drawn(seed, shape, settings):
            def run(library, parameter, *gradients):
                if library.name == "the oracle":
                    parameter = torch.nn.Parameter(parameter)
                    return train(torch.optim.Adam([parameter], **settings), parameter, gradients)
                mean = square = 0.0 * parameter
                for step, gradient in enumerate(gradients, start=1):
                    parameter, mean, square = adam_update(parameter, gradient, mean, square, step, **settings)
                return [parameter]

            compare.arrays("step", run, *(values(seed + number, shape) for number in range(STEPS)))

        drawn()
