"""Functions that turn a function into its gradient, in the manner of JAX."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from reference_impl._array import as_array, namespace
from reference_impl.autograd import engine
from reference_impl.autograd.primitive import differentiable_edges
from reference_impl.autograd.tensor import Tensor, starting_gradient
from reference_impl.autograd.trees import leaves, tree_map


def vjp(f: Callable[..., Any], *args: Any) -> tuple[Any, Callable[[Any], tuple[Any, ...]]]:
    r"""Compute `f(*args)` and the function that carries a gradient of its value back to `args`.

    For $y = f(x)$ with Jacobian $J$, that function is the vector-Jacobian product

    $$\bar y \mapsto \bar y^\top J$$

    Arrays in, arrays out. Where an argument is a `Tensor`, and inside another transform, value and gradients are
    tensors that can be differentiated again: this is how gradients of gradients are computed.

    Args:
        f: A function of tensors that returns one `Tensor`.
        *args: Where to compute it: arrays or tensors, or lists, tuples and dictionaries of them.

    Returns:
        The value, and the function from a gradient shaped like the value to a tuple with one gradient, shaped like
            the argument, for each of `args`. It can be called any number of times.

    Raises:
        TypeError: `f` returned something else than a `Tensor`, or an argument isn't an array.
        RuntimeError: An argument is an array of integers or booleans.

    Examples:
        Two rows of the Jacobian of $f(x) = (x_0 x_1, x_0^2)$ at $(3, 5)$ are $(x_1, x_0)$ and $(2 x_0, 0)$; the
        gradient $(10, 1)$ adds ten times the first to the second.

        >>> import torch
        >>> from reference_impl.autograd import vjp
        >>> from reference_impl.autograd.primitives import stack
        >>> value, pull_back = vjp(lambda x: stack([x[0] * x[1], x[0] ** 2]), torch.tensor([3.0, 5.0]))
        >>> value.tolist(), pull_back(torch.tensor([10.0, 1.0]))[0].tolist()  # 10*5 + 1*2*3, 10*3 + 1*0
        ([15.0, 9.0], [56.0, 30.0])
    """
    stay_tensors = bool(engine.mode.transforms) or any(isinstance(leaf, Tensor) for leaf in leaves(args))
    starts = tree_map(_start, args)
    with engine.transforming():
        value = f(*starts)
    if not isinstance(value, Tensor):
        raise TypeError(f"`f` must return a Tensor, and returned a {type(value).__name__}: {value!r}")

    pull_back = partial(_gradients_as_tensors if stay_tensors else _gradients_as_arrays, value, starts)
    return (value if stay_tensors else value.data), pull_back


def _start(arg: Any) -> Tensor:
    """Return a tensor with the value of `arg` at which its gradient can be collected."""
    if isinstance(arg, Tensor):
        return Tensor.namespace.alias(arg) if arg.requires_grad else Tensor(arg.data, requires_grad=True)
    return Tensor(arg, requires_grad=True)


def _gradients_as_arrays(value: Tensor, starts: Any, gradient: Any) -> Any:
    found = _carry(value, starting_gradient(value, gradient), starts, engine.edges_of)
    return tree_map(lambda start: as_array(found[start]) if start in found else _zeros(start), starts)


def _gradients_as_tensors(value: Tensor, starts: Any, gradient: Any) -> Any:
    array = starting_gradient(value, gradient)
    with engine.recording(True):
        root = gradient if isinstance(gradient, Tensor) else Tensor(array)
        found = _carry(value, root, starts, differentiable_edges)
    return tree_map(lambda start: found[start] if start in found else Tensor(_zeros(start)), starts)


def _carry(value: Tensor, gradient: Any, starts: Any, edges_of: Callable[[Tensor], Any]) -> dict[Tensor, Any]:
    if not value.requires_grad:
        return {}
    gradients, _ = engine.propagate(value, gradient, frozenset(leaves(starts)), edges_of)
    return gradients


def _zeros(tensor: Tensor) -> Any:
    return namespace(tensor.data).zeros_like(tensor.data)


def value_and_grad(
    f: Callable[..., Any], argnums: int | tuple[int, ...] = 0
) -> Callable[..., tuple[Any, Any]]:
    r"""Turn a scalar function $f$ into one that computes $f(x)$ and $\nabla f(x)$ together.

    Arrays in, arrays out; tensors in, or inside another transform, tensors out
    (see [`vjp`][reference_impl.autograd.vjp]).

    Args:
        f: A function that returns a `Tensor` with one entry.
        argnums: Which arguments to differentiate: a position, or several. The others are passed on as they are.

    Returns:
        A function of the arguments of `f` that returns the value and the gradient, or for several positions the tuple
            of gradients. A gradient has the shape of its argument: lists, tuples and dictionaries of arrays are
            arguments too.

    Raises:
        RuntimeError: The value of `f` isn't a scalar.

    Examples:
        >>> import torch
        >>> from reference_impl.autograd import value_and_grad
        >>> def energy(x, y):
        ...     return (x**2 * y).sum()
        >>> x, y = torch.tensor([1.0, 2.0]), torch.tensor([3.0, 10.0])
        >>> value, gradient = value_and_grad(energy)(x, y)
        >>> value.item(), gradient.tolist()  # 1*3 + 4*10; 2*1*3, 2*2*10
        (43.0, [6.0, 40.0])
        >>> value_and_grad(energy, argnums=(1, 0))(x, y)[1][0].tolist()  # 1*1, 2*2
        [1.0, 4.0]
    """

    def value_and_gradient(*args: Any) -> tuple[Any, Any]:
        value, pull_back = vjp(of_chosen(f, argnums, args), *(args[place] for place in positions(argnums)))
        gradients = pull_back(None)
        return value, gradients[0] if isinstance(argnums, int) else gradients

    return value_and_gradient


def positions(argnums: int | tuple[int, ...]) -> tuple[int, ...]:
    """Return the chosen positions, one or several, as a tuple."""
    return (argnums,) if isinstance(argnums, int) else argnums


def of_chosen(
    f: Callable[..., Any], argnums: int | tuple[int, ...], args: Sequence[Any]
) -> Callable[..., Any]:
    """Return `f` as a function of its arguments at the positions `argnums`; the others are those of `args`."""

    def function(*chosen: Any) -> Any:
        filled = dict(enumerate(args)) | dict(zip(positions(argnums), chosen, strict=True))
        return f(*filled.values())

    return function


def grad(f: Callable[..., Any], argnums: int | tuple[int, ...] = 0) -> Callable[..., Any]:
    r"""Turn a scalar function $f$ into its gradient $\nabla f$.

    Arrays in, arrays out; tensors in, or inside another transform, tensors out
    (see [`vjp`][reference_impl.autograd.vjp]).
    So `grad(grad(f))` is the second derivative of a function of one number.

    Args:
        f: A function that returns a `Tensor` with one entry.
        argnums: Which arguments to differentiate: a position, or several. The others are passed on as they are.

    Returns:
        A function of the arguments of `f` that returns the gradient, or for several positions the tuple of gradients.

    Raises:
        RuntimeError: The value of `f` isn't a scalar.

    Examples:
        $x^4 y$ has the derivatives $4 x^3 y$ and $12 x^2 y$ with respect to $x$, and $x^4$ with respect to $y$.

        >>> import torch
        >>> from reference_impl.autograd import grad
        >>> def quartic(x, y):
        ...     return x**4 * y
        >>> x, y = torch.tensor(2.0), torch.tensor(5.0)
        >>> grad(quartic)(x, y).item(), grad(grad(quartic))(x, y).item()  # 4*8*5, 12*4*5
        (160.0, 240.0)
        >>> grad(quartic, argnums=1)(x, y).item()  # 2**4
        16.0
    """
    both = value_and_grad(f, argnums)

    def gradient(*args: Any) -> Any:
        return both(*args)[1]

    return gradient
