"""Bugs of optimizers, each as it was once published somewhere or is easily made."""

from planted import Bug

OF_ADAM = ("optim/test_optimizers.py::test_rules_agree_with_torch[float64-adam_update]",)
OF_ADAMW = ("optim/test_optimizers.py::test_rules_agree_with_torch[float64-adamw_update]",)
OF_SGD = ("optim/test_optimizers.py::test_rules_agree_with_torch[float64-sgd_update]",)
OF_SGDW = ("optim/test_papers.py::test_rules_agree_with_the_paper[float64-sgdw_update]",)
OF_STATES = ("optim/test_optimizer_behaviour.py::test_a_state_is_taken_over_exactly[Adam]",)
OF_NUMBERS = ("optim/test_optimizer_behaviour.py::test_the_numbers_of_a_state_are_taken_over_too[NAdam]",)
OF_GROUPS = ("optim/test_optimizer_behaviour.py::test_parameters_have_states_of_their_own[Adam]",)
OF_STEPS = ("optim/test_optimizer_behaviour.py::test_a_step_happens_wholly_or_not_at_all",)
OF_FUSION = ("optim/test_blocks.py",)

BUGS = [
    Bug(
        "epsilon inside the root",
        "optim/adam.py",
        "(xp.sqrt(unbiased_square) + eps)",
        "xp.sqrt(unbiased_square + eps)",
        OF_ADAM,
    ),
    Bug("bias correction of the mean dropped", "optim/adam.py", "mean / (1 - beta1**step)", "mean", OF_ADAM),
    Bug(
        "bias correction of the square dropped",
        "optim/adam.py",
        "square / (1 - beta2**step)",
        "square",
        OF_ADAM,
    ),
    Bug(
        "squared gradient without the root",
        "optim/adam.py",
        "xp.sqrt(unbiased_square)",
        "unbiased_square",
        OF_ADAM,
    ),
    Bug(
        "decay inside the means of AdamW",
        "optim/adam.py",
        "(1 - shrinking) * parameter, gradient, mean",
        "parameter, gradient + shrinking / lr * parameter, mean",
        OF_ADAMW,
    ),
    Bug(
        "momentum applied after the decay",
        "optim/sgd.py",
        """    if weight_decay:
        gradient = gradient + weight_decay * parameter
    if momentum:
        velocity = own(gradient) if velocity is None else momentum * velocity + (1 - dampening) * gradient
        gradient = gradient + momentum * velocity if nesterov else velocity
""",
        """    if momentum:
        velocity = own(gradient) if velocity is None else momentum * velocity + (1 - dampening) * gradient
        gradient = gradient + momentum * velocity if nesterov else velocity
    if weight_decay:
        gradient = gradient + weight_decay * parameter
""",
        OF_SGD,
    ),
    Bug(
        "decay inside the velocity of SGDW",
        "optim/sgdw.py",
        "velocity = momentum * velocity + gradient",
        "velocity = momentum * velocity + gradient + weight_decay * parameter",
        OF_SGDW,
    ),
    Bug(
        "state shared between parameters",
        "optim/optimizer.py",
        "state, data = self.state[parameter], parameter.data",
        'state, data = self.state[self.param_groups[0]["params"][0]], parameter.data',
        OF_GROUPS,
    ),
    Bug(
        "arrays lost on reload",
        "optim/loading.py",
        "found[name] = from_numpy(to_numpy(value), like=data)",
        "pass",
        OF_STATES,
    ),
    Bug(
        "numbers lost on reload",
        "optim/loading.py",
        'int(value) if name == "step" else float(value)',
        "1",
        OF_NUMBERS,
    ),
    Bug(
        "gradients checked one by one",
        "optim/optimizer.py",
        'check_alike("gradient", gradient, parameter.data)',
        "apply_in_place(lambda theta, g: (theta - g,), parameter.data, gradient, ())",
        OF_STEPS,
    ),
    Bug(
        "state overwritten before it is read",
        "optim/blocks.py",
        """    arrays = [None if other is None else other.value() for other in values]
    value.store(parameter)
""",
        """    value.store(parameter)
    arrays = [None if other is None else other.value() for other in values]
""",
        OF_FUSION,
    ),
    Bug(
        "the last block left out",
        "optim/blocks.py",
        "range(0, prod(whole[0].shape), BLOCK)",
        "range(0, prod(whole[0].shape) - BLOCK, BLOCK)",
        OF_FUSION,
    ),
]
