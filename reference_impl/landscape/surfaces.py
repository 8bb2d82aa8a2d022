"""The usual test surfaces: losses of two parameters, made of operators alone, so that they take whatever has them."""

from typing import Any

from reference_impl._checks import check_number


def ravine(x: Any, y: Any, condition: float = 25.0) -> Any:
    r"""Compute a quadratic that is much steeper across than along.

    $$L(x, y) = \frac{x^2 + \kappa y^2}{2}$$

    The minimum is $L(0, 0) = 0$. The curvature is 1 along $x$ and $\kappa$ along $y$.

    Args:
        x: The first parameter.
        y: The second parameter.
        condition: The condition number $\kappa$.

    Returns:
        The loss $L$, in the type of the parameters.

    Raises:
        TypeError: `condition` isn't a number.

    Shape:
        `x` $(*)$, `y` $(*)$; result $(*)$.

    Examples:
        >>> import torch
        >>> from reference_impl.landscape import ravine
        >>> ravine(torch.tensor(4.0), torch.tensor(3.0), condition=8.0).item()  # (16 + 8 * 9) / 2
        44.0
        >>> ravine(4.0, 3.0)  # (16 + 25 * 9) / 2
        120.5
    """
    check_number("condition", condition, example=25.0)
    return (x * x + condition * y * y) / 2


def saddle(x: Any, y: Any) -> Any:
    r"""Compute a quadratic that rises along one axis and falls along the other.

    $$L(x, y) = \frac{x^2 - y^2}{2}$$

    The gradient is 0 at $(0, 0)$, which is no minimum. There is none: the loss has no lower bound.

    Args:
        x: The first parameter.
        y: The second parameter.

    Returns:
        The loss $L$, in the type of the parameters.

    Shape:
        `x` $(*)$, `y` $(*)$; result $(*)$.

    Examples:
        >>> import torch
        >>> from reference_impl.landscape import saddle
        >>> saddle(torch.tensor([0.0, 3.0, 3.0]), torch.tensor([0.0, 0.0, 5.0])).tolist()  # 0, 9/2, (9 - 25)/2
        [0.0, 4.5, -8.0]
    """
    return (x * x - y * y) / 2


def double_well(x: Any, y: Any, tilt: float = 0.5) -> Any:
    r"""Compute a loss with two valleys, one of them deeper.

    $$L(x, y) = x^4 - 2 x^2 + a x + y^2$$

    For $|a| < 8 / \sqrt{27} \approx 1.54$, with $\phi = \tfrac13 \arccos(-a \sqrt{27} / 8)$, there are minima on the
    $x$-axis at

    $$x = \tfrac{2}{\sqrt 3} \cos \phi \qquad \text{and} \qquad x = \tfrac{2}{\sqrt 3} \cos(\phi + \tfrac{2 \pi}{3})$$

    For $a = 1/2$ they are $L(0.93040, 0) = -0.51675$ and $L(-1.05745, 0) = -1.51475$, the global one.

    Args:
        x: The first parameter.
        y: The second parameter.
        tilt: The slope $a$ that makes one valley deeper.

    Returns:
        The loss $L$, in the type of the parameters.

    Raises:
        TypeError: `tilt` isn't a number.

    Shape:
        `x` $(*)$, `y` $(*)$; result $(*)$.

    Examples:
        >>> import torch
        >>> from reference_impl.landscape import double_well
        >>> double_well(torch.tensor(2.0), torch.tensor(3.0), tilt=0.25).item()  # 16 - 8 + 0.5 + 9
        17.5
        >>> round(double_well(0.930403, 0.0), 5), round(double_well(-1.057454, 0.0), 5)
        (-0.51675, -1.51475)
    """
    check_number("tilt", tilt, example=0.5)
    return x * x * (x * x - 2) + tilt * x + y * y


def beale(x: Any, y: Any) -> Any:
    r"""Compute Beale's function: a plateau with a narrow, bent valley.

    $$L(x, y) = (1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 + (2.625 - x + x y^3)^2$$

    The minimum is $L(3, 0.5) = 0$.

    Args:
        x: The first parameter.
        y: The second parameter.

    Returns:
        The loss $L$, in the type of the parameters.

    Shape:
        `x` $(*)$, `y` $(*)$; result $(*)$.

    Examples:
        >>> import torch
        >>> from reference_impl.landscape import beale
        >>> beale(torch.tensor([3.0, 1.0]), torch.tensor([0.5, 2.0])).tolist()  # 0; 2.5**2 + 5.25**2 + 9.625**2
        [0.0, 126.453125]

    Source:
        Beale, On an iterative method for finding a local minimum of a function of more than one variable, technical
        report 25, Princeton University, 1958.
    """
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y * y) ** 2 + (2.625 - x + x * y * y * y) ** 2


def rosenbrock(x: Any, y: Any, bend: float = 100.0) -> Any:
    r"""Compute Rosenbrock's function: a valley along a parabola, easy to find and hard to follow.

    $$L(x, y) = (1 - x)^2 + b \, (y - x^2)^2$$

    The minimum is $L(1, 1) = 0$.

    Args:
        x: The first parameter.
        y: The second parameter.
        bend: The factor $b$: how much steeper the walls are than the floor.

    Returns:
        The loss $L$, in the type of the parameters.

    Raises:
        TypeError: `bend` isn't a number.

    Shape:
        `x` $(*)$, `y` $(*)$; result $(*)$.

    Examples:
        >>> import torch
        >>> from reference_impl.landscape import rosenbrock
        >>> rosenbrock(torch.tensor([1.0, 3.0]), torch.tensor([1.0, 8.0]), bend=10.0).tolist()  # 0; 4 + 10 * 1
        [0.0, 14.0]
        >>> rosenbrock(3.0, 8.0)  # 4 + 100 * 1
        104.0

    Source:
        Rosenbrock, [An automatic method for finding the greatest or least value of a
        function](https://doi.org/10.1093/comjnl/3.3.175), The Computer Journal, 1960.
    """
    check_number("bend", bend, example=100.0)
    return (1 - x) ** 2 + bend * (y - x * x) ** 2
