"""Samples with other shares of the classes, drawn from labelled points, and their exact weights."""

from dataclasses import dataclass

import numpy

from reference_impl._array import Array, check_same_place, from_numpy, is_integer, namespace, to_numpy
from reference_impl._checks import check_size, refuse
from reference_impl.shift.numbers import check_positive
from reference_impl.shift.randomness import generator
from reference_impl.shift.simulate.places import place


@dataclass(frozen=True)
class LabelShift:
    """Which labelled points form the target, the shares of the classes there, and the exact weights."""

    indices: Array
    prior: Array
    weights: Array
    drawn_prior: Array


def tweak_one_shift(
    labels: Array,
    points: int,
    *,
    changed: int = 0,
    share: float = 0.7,
    random_state: int | numpy.random.Generator = 0,
    like: Array | None = None,
) -> LabelShift:
    r"""Draw a target in which one class has a given share and all others have equal shares.

    $$p(y) = \rho \text{ for } y = y_0, \qquad p(y) = \frac{1 - \rho}{k - 1} \text{ otherwise}, \qquad
    w_y = \frac{p(y)}{q(y)}$$

    Points are drawn with replacement among those of their class, so that $p(x | y) = q(x | y)$. The source $q$ is
    the sample of `labels`.

    Args:
        labels: The classes of the points, from 0 to $k - 1$; each occurs.
        points: The number $m$ of points of the target.
        changed: The class $y_0$.
        share: Its share $\rho$ in the target.
        random_state: A seed, or a generator of NumPy. The numbers are the same in every library.
        like: An array whose dtype the shares and weights take; float64 without it.

    Returns:
        `indices` of the target's points among `labels`, the target's `prior` $p(y)$, the `weights` $w_y$ of the
        classes, and `drawn_prior`, the shares of the classes among the points that were drawn.

    Raises:
        TypeError: `labels` holds no integers, or a number isn't one.
        ValueError: A class below the largest is missing, `changed` is no class, or `share` isn't above 0 and below 1.

    Shape:
        `labels` $(n)$, `indices` $(m)$; `prior`, `weights` and `drawn_prior` $(k)$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import tweak_one_shift
        >>> labels = torch.tensor([0, 0, 0, 1, 1, 2, 2, 2, 2, 2])
        >>> drawn = tweak_one_shift(
        ...     labels, 8, changed=1, share=0.6, random_state=5
        ... )
        >>> # 0.2 / 0.3, 0.6 / 0.2, 0.2 / 0.5
        >>> drawn.prior.tolist(), drawn.weights.tolist()
        ([0.2, 0.6, 0.2], [0.6666666666666666, 3.0, 0.4])
        >>> drawn.indices.tolist(), labels[drawn.indices].tolist()
        ([5, 9, 4, 3, 1, 4, 4, 2], [2, 2, 1, 1, 0, 1, 1, 0])
        >>> drawn.drawn_prior.tolist()  # 2, 4 and 2 of 8
        [0.25, 0.5, 0.25]
        >>> usual = tweak_one_shift(labels, 6)
        >>> [round(p, 4) for p in usual.prior.tolist()], usual.indices.tolist()
        ([0.7, 0.15, 0.15], [1, 2, 1, 2, 4, 5])

    Source:
        [Lipton, Wang, Smola 2018](https://arxiv.org/abs/1802.03916), Detecting and correcting for label shift with
        black box predictors, section 6.
    """
    counts = _counts(labels, points)
    if isinstance(changed, bool) or not isinstance(changed, int) or not 0 <= changed < counts.size:
        rule = f"must be a class, from 0 to {counts.size - 1}"
        refuse("changed", changed, rule, "pass e.g. changed=0")
    check_positive("share", share)
    if not share < 1:
        refuse("share", share, "must be below 1", "pass e.g. share=0.7")
    if counts.size < 2:
        refuse("labels", "of one class", "must have at least two classes", "pass points of another class too")
    prior = numpy.full(counts.size, (1 - share) / (counts.size - 1))
    prior[changed] = share
    return _drawn(labels, points, counts, prior, generator(random_state), like)


def dirichlet_shift(
    labels: Array,
    points: int,
    *,
    concentration: float = 1.0,
    random_state: int | numpy.random.Generator = 0,
    like: Array | None = None,
) -> LabelShift:
    r"""Draw shares of the classes from a Dirichlet distribution, and a target with these shares.

    $$p \sim \mathrm{Dirichlet}(\alpha, \dots, \alpha), \qquad w_y = \frac{p(y)}{q(y)}$$

    The smaller $\alpha$ is, the stronger the shift: at 0.1 most of the target lies in one or two classes. Points are
    drawn with replacement among those of their class, so that $p(x | y) = q(x | y)$. The source $q$ is the sample of
    `labels`.

    Args:
        labels: The classes of the points, from 0 to $k - 1$; each occurs.
        points: The number $m$ of points of the target.
        concentration: The concentration $\alpha$.
        random_state: A seed, or a generator of NumPy. The numbers are the same in every library.
        like: An array whose dtype the shares and weights take; float64 without it.

    Returns:
        As of [`tweak_one_shift`][reference_impl.shift.tweak_one_shift].

    Raises:
        TypeError: `labels` holds no integers, or a number isn't one.
        ValueError: A class below the largest is missing, or `concentration` isn't above 0.

    Shape:
        `labels` $(n)$, `indices` $(m)$; `prior`, `weights` and `drawn_prior` $(k)$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import dirichlet_shift
        >>> labels = torch.tensor([1, 1, 0, 2])
        >>> drawn = dirichlet_shift(
        ...     labels, 5, concentration=0.5, random_state=2,
        ...     like=torch.empty(())
        ... )
        >>> prior = drawn.prior
        >>> [round(p, 4) for p in prior.tolist()]
        [0.0478, 0.6911, 0.2612]
        >>> (drawn.weights / prior).tolist()  # 1 / q, with q = (0.25, 0.5, 0.25)
        [4.0, 2.0, 4.0]
        >>> drawn.indices.tolist()
        [0, 0, 1, 0, 1]
        >>> [round(p, 4) for p in drawn.drawn_prior.tolist()]
        [0.0, 1.0, 0.0]
        >>> usual = dirichlet_shift(labels, 5)
        >>> [round(p, 4) for p in usual.prior.tolist()], usual.indices.tolist()
        ([0.3955, 0.593, 0.0115], [2, 1, 1, 0, 1])

    Source:
        [Lipton, Wang, Smola 2018](https://arxiv.org/abs/1802.03916), Detecting and correcting for label shift with
        black box predictors, section 6.
    """
    counts = _counts(labels, points)
    check_positive("concentration", concentration)
    rng = generator(random_state)
    prior = rng.dirichlet(numpy.full(counts.size, float(concentration)))
    return _drawn(labels, points, counts, prior, rng, like)


def _counts(labels: Array, points: int) -> numpy.ndarray:
    namespace(labels)
    if not is_integer(labels):
        fix = "number the classes from 0"
        refuse("labels", f"an array of {labels.dtype}", "must hold integers", fix, TypeError)
    check_size("points", points)
    if labels.ndim != 1 or labels.shape[0] == 0:
        shape = f"of shape {tuple(labels.shape)}"
        refuse("labels", shape, "must have one axis and an entry", "pass one label for each point")
    values = to_numpy(labels)
    if values.min() < 0:
        refuse("labels", int(values.min()), "must be at least 0", "number the classes from 0")
    counts = numpy.bincount(values)
    missing = numpy.flatnonzero(counts == 0).tolist()
    if missing:
        rule = (
            f"have no point of classes {missing}"
            if len(missing) > 1
            else f"have no point of class {missing[0]}"
        )
        refuse("labels", f"of {counts.size} classes", rule, "add such points, or number the classes anew")
    return counts


def _drawn(
    labels: Array,
    points: int,
    counts: numpy.ndarray,
    prior: numpy.ndarray,
    rng: numpy.random.Generator,
    like: Array | None,
) -> LabelShift:
    """Draw classes, then a point of each: one of those that stand together when the labels are sorted."""
    if like is not None:
        check_same_place(labels, place(like))
    classes = rng.choice(counts.size, points, p=prior)
    within = numpy.floor(rng.random(points) * counts[classes]).astype(numpy.int64)
    first = numpy.cumsum(counts) - counts
    indices = numpy.argsort(to_numpy(labels), kind="stable")[first[classes] + within]
    drawn_prior = numpy.bincount(classes, minlength=counts.size) / points
    xp = namespace(labels)
    floats = [
        from_numpy(values, labels, xp.float64 if like is None else like.dtype)
        for values in (prior, prior * counts.sum() / counts, drawn_prior)
    ]
    return LabelShift(from_numpy(indices, labels, xp.int64), *floats)
