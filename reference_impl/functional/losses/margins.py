"""Losses with a margin: nothing is lost once the right answer is ahead by enough."""

from reference_impl._array import Array, check_same_place, namespace
from reference_impl._checks import check_choice
from reference_impl.autograd import Tensor, primitives
from reference_impl.autograd.primitive import array_of
from reference_impl.functional.activations import relu
from reference_impl.functional.losses.classes import check_classes, checked_weight, shares_of_classes
from reference_impl.functional.losses.reduction import check_reduction, check_same_shape, reduced


def hinge_loss(
    input: Tensor | Array, target: Tensor | Array, margin: float = 1.0, reduction: str = "mean"
) -> Tensor:
    r"""Measure by how much a score misses the margin on the right side: the loss of support vector machines.

    $$\ell = \max(0, m - t x)$$

    This is what the field calls the hinge loss. Torch has no function for it: its `hinge_embedding_loss` takes
    distances, and its `multi_margin_loss` compares the scores of several classes.

    Args:
        input: The scores $x$.
        target: The sides $t$: 1 or -1.
        margin: The margin $m$.
        reduction: What to do with the losses of the entries: take their `"mean"`, their `"sum"`, or `"none"`.

    Returns:
        The loss: a scalar, or one entry for each entry of `input` with `reduction="none"`.

    Raises:
        ValueError: `reduction` is unknown, or the shapes differ.
        TypeError: The arrays differ in library or dtype.

    Shape:
        `input` $(*)$, `target` $(*)$; result $()$, or $(*)$ with `reduction="none"`.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x, t = torch.tensor([1.75, 0.5, 0.5]), torch.tensor([1.0, 1.0, -1.0])
        >>> F.hinge_loss(x, target=t, margin=2.0, reduction="none").tolist()  # 2 - 1.75, 2 - 0.5, 2 + 0.5
        [0.25, 1.5, 2.5]
        >>> F.hinge_loss(x, target=t, reduction="none").tolist()  # 1 - 1.75 < 0, 1 - 0.5, 1 + 0.5
        [0.0, 0.5, 1.5]

    Source:
        Cortes and Vapnik, [Support-vector networks](https://doi.org/10.1007/BF00994018), 1995.
    """
    check_reduction(reduction)
    check_same_shape(input, target)
    return reduced(relu(margin - primitives.multiply(target, input)), reduction)


def hinge_embedding_loss(
    input: Tensor | Array, target: Tensor | Array, margin: float = 1.0, reduction: str = "mean"
) -> Tensor:
    r"""Ask distances of similar pairs to be small, and those of the others to reach the margin.

    $$\ell = \begin{cases} x & t = 1 \\ \max(0, m - x) & t = -1 \end{cases}$$

    Args:
        input: The distances $x$.
        target: Whether the pairs are similar, $t$: 1 or -1.
        margin: The margin $m$.
        reduction: What to do with the losses of the entries: take their `"mean"`, their `"sum"`, or `"none"`.

    Returns:
        The loss: a scalar, or one entry for each entry of `input` with `reduction="none"`.

    Raises:
        ValueError: `reduction` is unknown, or the shapes differ.
        TypeError: The arrays differ in library.

    Shape:
        `input` $(*)$, `target` $(*)$; result $()$, or $(*)$ with `reduction="none"`.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x, t = torch.tensor([0.5, 0.5, 2.0]), torch.tensor([1.0, -1.0, -1.0])
        >>> F.hinge_embedding_loss(x, t, margin=3.0, reduction="none").tolist()  # 0.5, 3 - 0.5, 3 - 2
        [0.5, 2.5, 1.0]
        >>> F.hinge_embedding_loss(x, t, reduction="none").tolist()  # 0.5, 1 - 0.5, 1 - 2 < 0
        [0.5, 0.5, 0.0]
    """
    check_reduction(reduction)
    check_same_shape(input, target)
    sides = array_of(target)
    check_same_place(array_of(input), sides)
    near = primitives.where(sides != -1, input, 0.0)
    far = primitives.where(sides != 1, relu(primitives.subtract(margin, input)), 0.0)
    return reduced(near + far, reduction)


def multi_margin_loss(
    input: Tensor | Array,
    target: Tensor | Array,
    p: int = 1,
    margin: float = 1.0,
    weight: Tensor | Array | None = None,
    reduction: str = "mean",
) -> Tensor:
    r"""Ask the score of the true class to be ahead of every other by the margin.

    $$\ell = \frac{w_t}{C} \sum_{k \ne t} \max(0, m - x_t + x_k)^p$$

    Args:
        input: The scores $x$ of the $C$ classes.
        target: The true classes $t$, integers from 0 to $C - 1$.
        p: The power: 1 or 2.
        margin: The margin $m$.
        weight: The weights $w$ of the classes; None weighs all with 1.
        reduction: What to do with the losses of the samples: take their `"mean"`, their `"sum"`, or `"none"`.

    Returns:
        The loss: a scalar, or one entry for each sample with `reduction="none"`.

    Raises:
        ValueError: `reduction` or `p` is unknown, or the shapes don't fit.
        IndexError: A class is below 0, or not below $C$.

    Shape:
        `input` $(N, C)$ or $(C)$; `target` $(N)$ or $()$; `weight` $(C)$; result $()$, or the shape of `target`.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.tensor([[2.0, 1.0, 5.0, 0.5]])
        >>> weight = torch.arange(2.0, 6.0)
        >>> F.multi_margin_loss(x, torch.tensor([0]), 2, 3.0, weight).item()  # 2 * (2**2 + 6**2 + 1.5**2) / 4
        21.125
        >>> F.multi_margin_loss(x[0], torch.tensor(0)).item()  # (0 + 4 + 0) / 4
        1.0

    Source:
        Crammer and Singer, [On the algorithmic implementation of multiclass kernel-based vector
        machines](https://jmlr.org/papers/v2/crammer01a.html), 2001.
    """
    check_reduction(reduction)
    check_choice("p", p, (1, 2))
    weights, numbers = checked_weight(input, weight), array_of(target)
    check_classes(input, numbers)
    rows = input if input.ndim == 2 else primitives.reshape(input, shape=(1, input.shape[0]))
    column = namespace(numbers).reshape(numbers, shape=(-1,))
    true, _ = shares_of_classes(column, None, -100, 0.0, array_of(rows))
    ahead = primitives.sum(primitives.multiply(rows, true), axis=1, keepdims=True)
    missing = relu(margin - ahead + rows) * (1.0 - true)
    losses = primitives.mean(missing * missing if p == 2 else missing, axis=1)
    if weights is not None:
        losses = losses * namespace(weights).sum(true * weights, axis=1)
    return reduced(primitives.reshape(losses, shape=tuple(numbers.shape)), reduction)
