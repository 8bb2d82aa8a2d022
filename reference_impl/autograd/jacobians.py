"""Whole Jacobians and Hessians, and their products with directions."""

import math
from collections.abc import Callable, Sequence
from typing import Any

from reference_impl._array import check_alike, namespace
from reference_impl._checks import refuse
from reference_impl.autograd import engine
from reference_impl.autograd.primitive import array_of
from reference_impl.autograd.tensor import Tensor
from reference_impl.autograd.transforms import grad, of_chosen, positions, vjp
from reference_impl.autograd.trees import leaves


def jvp(f: Callable[..., Any], primals: Sequence[Any], tangents: Sequence[Any]) -> tuple[Any, Any]:
    r"""Compute `f(*primals)` and how fast it changes when the arguments move along `tangents`.

    For $y = f(x)$ with Jacobian $J$ and the direction $\dot x$, that is the Jacobian-vector product

    $$\dot y = J \dot x$$

    The engine only walks backwards, so the product is found in two walks: $u \mapsto u^\top J \dot x$ is linear, and
    its gradient is $J \dot x$. Arrays in, arrays out; tensors in, or inside another transform, tensors out.

    Args:
        f: A function of tensors that returns one `Tensor`.
        primals: The arguments $x$: arrays or tensors, or lists, tuples and dictionaries of them.
        tangents: The direction $\dot x$, one for each argument and shaped like it.

    Returns:
        The value $y$, and its rate of change $\dot y$, shaped like it.

    Raises:
        ValueError: There are more or fewer `tangents` than `primals`, or one has another shape than its argument.
        TypeError: `f` returned something else than a `Tensor`, or a tangent differs in library or dtype.
        RuntimeError: An argument is an array of integers or booleans.

    Examples:
        The rate of $x y^2$ along $(\dot x, \dot y)$ is $y^2 \dot x + 2 x y \dot y$.

        >>> import torch
        >>> from reference_impl.autograd import jvp
        >>> x, y = torch.tensor([2.0, 3.0]), torch.tensor([5.0, 1.0])
        >>> along_x, along_y = torch.tensor([1.0, 0.0]), torch.tensor([0.5, 4.0])
        >>> value, rate = jvp(lambda x, y: x * y**2, (x, y), (along_x, along_y))
        >>> value.tolist(), rate.tolist()  # 25*1 + 2*2*5*0.5, 1*0 + 2*3*1*4
        ([50.0, 3.0], [35.0, 24.0])
    """
    _check_tangents(primals=primals, tangents=tangents)
    stay_tensors = bool(engine.mode.transforms) or any(
        isinstance(leaf, Tensor) for leaf in leaves([*primals, *tangents])
    )
    with engine.transforming():
        value, pull_back = vjp(f, *primals)
    weights = namespace(value.data).zeros_like(value.data)
    rate = grad(lambda u: _inner(pull_back(u), tangents))(Tensor(weights) if stay_tensors else weights)
    return (value if stay_tensors else value.data), rate


def jacobian(f: Callable[..., Any], argnums: int | tuple[int, ...] = 0) -> Callable[..., Any]:
    r"""Turn a function $f$ into one that computes its whole Jacobian.

    $$J_{ij} = \frac{\partial f_i}{\partial x_j}$$

    There is one walk back for each entry of the value, and each gives a row. Arrays in, arrays out; tensors in, or
    inside another transform, tensors out: a Jacobian of a Jacobian holds the second derivatives, and so on.

    Args:
        f: A function that returns a `Tensor` of any shape.
        argnums: Which arguments to differentiate: a position, or several. The others are passed on as they are.

    Returns:
        A function of the arguments of `f` that returns the Jacobian, or for several positions the tuple of Jacobians.
            Its shape is that of the value, then that of the argument.

    Raises:
        TypeError: `f` returned something else than a `Tensor`.

    Examples:
        $(x_0 x_1, x_1^2)$ has the Jacobian with the rows $(x_1, x_0)$ and $(0, 2 x_1)$.

        >>> import torch
        >>> from reference_impl.autograd import jacobian
        >>> from reference_impl.autograd.primitives import stack
        >>> jacobian(lambda x: stack([x[0] * x[1], x[1] ** 2]))(torch.tensor([3.0, 5.0])).tolist()
        [[5.0, 3.0], [0.0, 10.0]]
        >>> tuple(jacobian(lambda x: x[:0])(torch.ones(2)).shape)  # no values, no rows
        (0, 2)
    """

    def whole(*args: Any) -> Any:
        value, pull_back = vjp(of_chosen(f, argnums, args), *(args[place] for place in positions(argnums)))
        data = array_of(value)
        xp, count = namespace(data), math.prod(data.shape)
        basis = xp.reshape(
            xp.eye(count, dtype=data.dtype, device=data.device), shape=(count, *tuple(data.shape))
        )
        rows = [pull_back(basis[number, ...]) for number in range(count)]
        if not rows:
            rows, count = [pull_back(data)], 0
        jacobians = _stacked(rows, count, tuple(data.shape))
        return jacobians[0] if isinstance(argnums, int) else jacobians

    return whole


def _stacked(rows: Sequence[Any], count: int, before: tuple[int, ...]) -> Any:
    """Stack the first `count` of `rows`, trees of one form, leaf by leaf, under the axes `before` those of the leaf."""
    first = rows[0]
    if isinstance(first, dict):
        return {key: _stacked([row[key] for row in rows], count, before) for key in first}
    if isinstance(first, list | tuple):
        return type(first)([_stacked(branch, count, before) for branch in zip(*rows, strict=True)])
    xp = namespace(first)
    return xp.reshape(xp.stack(rows, axis=0)[:count, ...], shape=(*before, *tuple(first.shape)))


def hvp(f: Callable[..., Any], primals: Sequence[Any], tangents: Sequence[Any]) -> tuple[Any, ...]:
    r"""Multiply the Hessian of a scalar function $f$ by a direction, without ever holding the Hessian.

    $$H v = \nabla_x \left( v^\top \nabla f(x) \right)$$

    It costs two walks back, whatever the number of entries. Arrays in, arrays out; tensors in, or inside another
    transform, tensors out.

    Args:
        f: A function that returns a `Tensor` with one entry.
        primals: The arguments $x$: arrays or tensors, or lists, tuples and dictionaries of them.
        tangents: The direction $v$, one for each argument and shaped like it.

    Returns:
        The products: a tuple with one for each argument, shaped like it.

    Raises:
        ValueError: There are more or fewer `tangents` than `primals`, or one has another shape than its argument.
        TypeError: A tangent differs in library or dtype.
        RuntimeError: The value of `f` isn't a scalar.

    Examples:
        $x^3 y$ has the Hessian $\begin{pmatrix} 6 x y & 3 x^2 \\ 3 x^2 & 0 \end{pmatrix}$.

        >>> import torch
        >>> from reference_impl.autograd import hvp
        >>> point, direction = torch.tensor([2.0, 7.0]), torch.tensor([1.0, -0.5])
        >>> (product,) = hvp(lambda p: p[0] ** 3 * p[1], (point,), (direction,))
        >>> product.tolist()  # 84*1 - 12*0.5, 12*1
        [78.0, 12.0]
    """
    _check_tangents(primals=primals, tangents=tangents)
    every = tuple(range(len(primals)))
    gradient = grad(f, every)
    return grad(lambda *xs: _inner(gradient(*xs), tangents), every)(*primals)


def hessian(f: Callable[..., Any], argnums: int | tuple[int, ...] = 0) -> Callable[..., Any]:
    r"""Turn a scalar function $f$ into one that computes its whole Hessian, the Jacobian of the gradient.

    $$H_{ij} = \frac{\partial^2 f}{\partial x_i \, \partial x_j}$$

    Arrays in, arrays out; tensors in, or inside another transform, tensors out: `jacobian(hessian(f))` holds the third
    derivatives. Memory is the limit: $n$ entries have $n^2$ second derivatives.

    Args:
        f: A function that returns a `Tensor` with one entry.
        argnums: Which arguments to differentiate: a position, or several. The others are passed on as they are.

    Returns:
        A function of the arguments of `f` that returns the Hessian, with the axes of the argument twice. For several
            positions it returns a tuple of tuples: entry $i, j$ is the Jacobian, by argument $j$, of the gradient by
            argument $i$.

    Raises:
        RuntimeError: The value of `f` isn't a scalar.

    Examples:
        $x_0^2 x_1$ has the second derivatives $2 x_1$, $2 x_0$ and 0; the same of two arguments.

        >>> import torch
        >>> from reference_impl.autograd import hessian
        >>> hessian(lambda x: x[0] ** 2 * x[1])(torch.tensor([3.0, 5.0])).tolist()
        [[10.0, 6.0], [6.0, 0.0]]
        >>> rows = hessian(lambda x, y: x**2 * y, argnums=(0, 1))(torch.tensor(3.0), torch.tensor(5.0))
        >>> [[entry.item() for entry in row] for row in rows]
        [[10.0, 6.0], [6.0, 0.0]]
    """
    if isinstance(argnums, int):
        return jacobian(grad(f, argnums), argnums)
    rows = [jacobian(grad(f, position), argnums) for position in argnums]
    return lambda *args: tuple(row(*args) for row in rows)


def _inner(gradients: Any, tangents: Any) -> Any:
    """Add up the products of the entries of both, leaf by leaf."""
    products = map(Tensor.namespace.multiply, leaves(list(gradients)), leaves(list(tangents)))
    return sum(map(Tensor.namespace.sum, products), start=0.0)


def _check_tangents(primals: Sequence[Any], tangents: Sequence[Any]) -> None:
    ours, theirs = ([array_of(leaf) for leaf in leaves(list(tree))] for tree in (primals, tangents))
    if len(ours) != len(theirs):
        rule = f"must be one for each of the {len(ours)} arrays of `primals`"
        refuse("tangents", f"{len(theirs)} arrays", rule, "add or drop some")
    for primal, tangent in zip(ours, theirs, strict=True):
        check_alike("tangents", tangent, primal)
