"""Bugs of the engine and of primitives."""

from planted import Bug

ACCUMULATION = ("autograd/test_tensor.py::test_gradients_accumulate_until_they_are_dropped",)
TWICE = ("autograd/test_tensor.py::test_a_tensor_used_twice_collects_both_gradients",)
NUMERIC = "autograd/test_primitives.py::test_gradients_are_right_to_second_order"
SECOND = "autograd/test_primitives.py::test_second_gradients_agree_with_torch"
TORCH = "autograd/test_primitives.py::test_primitives_agree_with_torch"
PRIMITIVES = "autograd/primitives"

BUGS = [
    Bug(
        "gradients of two backwards are not added",
        "autograd/engine.py",
        "found if leaf.grad is None else leaf.grad + found",
        "found",
        ACCUMULATION,
    ),
    Bug(
        "gradients of two uses are not added",
        "autograd/engine.py",
        "gradients[parent] = gradients[parent] + part",
        "gradients[parent] = part",
        TWICE,
    ),
    Bug(
        "a gradient keeps the axes of a broadcast",
        "autograd/engine.py",
        "part.shape != parent.data.shape",
        "part.ndim != parent.data.ndim",
        (f"{NUMERIC}[matmul of stacks that broadcast]",),
    ),
    Bug(
        "the graph is never freed",
        "autograd/engine.py",
        "if not retain_graph:",
        "if retain_graph:",
        ("autograd/test_tensor.py::test_a_second_backward_says_what_was_freed",),
    ),
    Bug(
        "changes of leaves go unnoticed",
        "autograd/hazards.py",
        "fingerprint(array) != before",
        "False",
        ("autograd/test_hazards.py::test_a_change_by_hand_is_refused[1024-numpy]",),
    ),
    Bug(
        "an inner gradient is confused with an outer one",
        "autograd/transforms.py",
        "Tensor.namespace.alias(arg) if arg.requires_grad else",
        "arg if arg.requires_grad else",
        ("autograd/test_transforms.py::test_an_inner_gradient_is_not_confused_with_an_outer_one",),
    ),
    Bug(
        "tanh without gradient",
        f"{PRIMITIVES}/elementwise.py",
        "lambda g: g * (1.0 - y * y)",
        "lambda g: g * 0.0",
        (f"{TORCH}[tanh]",),
    ),
    Bug(
        "tanh with a gradient that is constant in the second order",
        f"{PRIMITIVES}/elementwise.py",
        "lambda g: g * (1.0 - y * y)",
        'lambda g: g * (1.0 - getattr(y, "data", y) * getattr(y, "data", y))',
        (f"{SECOND}[tanh]", f"{NUMERIC}[tanh]"),
    ),
    Bug(
        "max that gives every tie the whole gradient",
        f"{PRIMITIVES}/reductions.py",
        "share = equal / ties.sum(equal, axis=axis, keepdims=True)",
        "share = equal",
        ("autograd/test_primitives.py::test_ties_share_the_gradient_as_in_torch",),
    ),
    Bug(
        "maximum that gives both sides of a tie the whole gradient",
        f"{PRIMITIVES}/choosing.py",
        "xp.where(tie, 0.5 * g, g)",
        "g",
        ("autograd/test_primitives.py::test_a_tie_of_maximum_is_shared_as_in_torch",),
    ),
    Bug(
        "clip without a gradient on the bound",
        f"{PRIMITIVES}/choosing.py",
        "array_of(x) == array_of(y), g, 0.0",
        "(array_of(x) > least) & (array_of(x) < most), g, 0.0",
        ("autograd/test_primitive_edges.py::test_a_clipped_entry_on_the_bound_keeps_its_gradient",),
    ),
    Bug(
        "unbiased variance by default",
        f"{PRIMITIVES}/statistics.py",
        "max(0.0, reduced_count(tuple(x.shape), axis) - correction)",
        "max(0.0, reduced_count(tuple(x.shape), axis) - (correction or 1.0))",
        (f"{TORCH}[var]",),
    ),
    Bug(
        "a running sum whose gradient runs the same way",
        f"{PRIMITIVES}/cumulative.py",
        "xp.flip(xp.cumulative_sum(xp.flip(g, axis=axis), axis=axis), axis=axis)",
        "xp.cumulative_sum(g, axis=axis)",
        (f"{TORCH}[cumulative_sum]",),
    ),
    Bug(
        "sorted gradients that stay where they are",
        f"{PRIMITIVES}/ordering.py",
        "order=back, back=order",
        "order=order, back=back",
        (f"{TORCH}[sort]",),
    ),
    Bug(
        "rows picked twice that are added once",
        "_array.py",
        "numpy.add.at(target, numbers, rows)",
        "target[numbers] = rows",
        ("autograd/test_primitives.py::test_picking_by_number_adds_up_what_is_picked_twice[rows]",),
    ),
    Bug(
        "padding before and after swapped",
        f"{PRIMITIVES}/joining.py",
        "slice(start, start + size) for size, (start, _) in",
        "slice(start, start + size) for size, (_, start) in",
        (f"{TORCH}[pad]",),
    ),
    Bug(
        "an error function with a wrong digit",
        f"{PRIMITIVES}/error_function.py",
        "2.15311535474403846e-8",
        "2.15311535474403846e-7",
        ("autograd/test_primitive_edges.py::test_the_error_function_has_sixteen_digits[numpy]",),
    ),
    Bug(
        "a Jacobian with its axes swapped",
        "autograd/jacobians.py",
        "rows = [pull_back(basis[number, ...]) for number in range(count)]",
        "rows = [pull_back(basis[count - 1 - number, ...]) for number in range(count)]",
        ("autograd/test_jacobians.py::test_by_hand",),
    ),
    Bug(
        "differences from one side",
        "autograd/checking.py",
        "(directional(entry, step) - directional(entry, -step)) / (2 * step)",
        "(directional(entry, step) - directional(entry, 0.0)) / step",
        (f"{NUMERIC}[exp]",),
    ),
]
