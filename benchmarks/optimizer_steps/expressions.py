"""The rules as one writes them by hand in NumPy, without an optimizer: whole arrays, settings as numbers."""

from collections.abc import Callable, Iterator
from itertools import count

import numpy as np

Array = np.ndarray
Step = Callable[[], object]
LR, B1, B2, EPS = 1e-3, 0.9, 0.999, 1e-8


def stepping(rule: Callable[[Array, Array], Iterator[None]]) -> Callable[[Array, Array], Step]:
    """Turn a rule that yields after each step into a function that takes one."""
    return lambda theta, g: rule(theta, g).__next__


def gradient_descent(theta: Array, g: Array) -> Iterator[None]:
    """Step down."""
    while True:
        theta -= LR * g
        yield


def momentum(theta: Array, g: Array, nesterov: bool = False) -> Iterator[None]:
    """Step by the velocity."""
    u = np.zeros_like(theta)
    while True:
        u = 0.9 * u + g
        theta -= LR * (g + 0.9 * u if nesterov else u)
        yield


def nesterov(theta: Array, g: Array) -> Iterator[None]:
    """Look ahead."""
    return momentum(theta, g, nesterov=True)


def adagrad(theta: Array, g: Array) -> Iterator[None]:
    """Divide by the root of the sum."""
    s = np.zeros_like(theta)
    while True:
        s += g**2
        theta -= 1e-2 * g / (np.sqrt(s) + 1e-10)
        yield


def rmsprop(theta: Array, g: Array) -> Iterator[None]:
    """Divide by the root of the mean."""
    v = np.zeros_like(theta)
    while True:
        v = 0.99 * v + 0.01 * g**2
        theta -= 1e-2 * g / (np.sqrt(v) + EPS)
        yield


def centred(theta: Array, g: Array) -> Iterator[None]:
    """Divide by the root of the variance, with momentum."""
    v, m, u = np.zeros_like(theta), np.zeros_like(theta), np.zeros_like(theta)
    while True:
        v = 0.99 * v + 0.01 * g**2
        m = 0.99 * m + 0.01 * g
        u = 0.9 * u + g / (np.sqrt(v - m**2) + EPS)
        theta -= 1e-2 * u
        yield


def adadelta(theta: Array, g: Array) -> Iterator[None]:
    """Step as far as before."""
    v, w = np.zeros_like(theta), np.zeros_like(theta)
    while True:
        v = 0.9 * v + 0.1 * g**2
        change = np.sqrt(w + 1e-6) / np.sqrt(v + 1e-6) * g
        w = 0.9 * w + 0.1 * change**2
        theta -= change
        yield


def adam(theta: Array, g: Array, decay: float = 0.0, largest: bool = False) -> Iterator[None]:
    """Divide one mean by the root of the other."""
    m, v, most = np.zeros_like(theta), np.zeros_like(theta), np.zeros_like(theta)
    for t in count(1):
        if decay:
            theta *= 1 - LR * decay
        m = B1 * m + (1 - B1) * g
        v = B2 * v + (1 - B2) * g**2
        if largest:
            most = np.maximum(most, v)
        m_hat = m / (1 - B1**t)
        v_hat = (most if largest else v) / (1 - B2**t)
        theta -= LR * m_hat / (np.sqrt(v_hat) + EPS)
        yield


def amsgrad(theta: Array, g: Array) -> Iterator[None]:
    """Keep the largest."""
    return adam(theta, g, largest=True)


def adamw(theta: Array, g: Array) -> Iterator[None]:
    """Decay beside."""
    return adam(theta, g, decay=1e-2)


def adamax(theta: Array, g: Array) -> Iterator[None]:
    """Divide by the largest."""
    m, n = np.zeros_like(theta), np.zeros_like(theta)
    for t in count(1):
        m = B1 * m + (1 - B1) * g
        n = np.maximum(B2 * n, np.abs(g) + EPS)
        theta -= 2e-3 / (1 - B1**t) * m / n
        yield


def nadam(theta: Array, g: Array) -> Iterator[None]:
    """Look ahead in Adam."""
    m, v, product = np.zeros_like(theta), np.zeros_like(theta), 1.0
    for t in count(1):
        mu, after = (B1 * (1 - 0.5 * 0.96 ** (0.004 * s)) for s in (t, t + 1))
        product *= mu
        m = B1 * m + (1 - B1) * g
        v = B2 * v + (1 - B2) * g**2
        m_hat = after * m / (1 - product * after) + (1 - mu) * g / (1 - product)
        theta -= 2e-3 * m_hat / (np.sqrt(v / (1 - B2**t)) + EPS)
        yield


def radam(theta: Array, g: Array) -> Iterator[None]:
    """Wait, then divide."""
    m, v, most = np.zeros_like(theta), np.zeros_like(theta), 2 / (1 - B2) - 1
    for t in count(1):
        m = B1 * m + (1 - B1) * g
        v = B2 * v + (1 - B2) * g**2
        m_hat = m / (1 - B1**t)
        rho = most - 2 * t * B2**t / (1 - B2**t)
        if rho > 5:
            r = ((rho - 4) * (rho - 2) * most / ((most - 4) * (most - 2) * rho)) ** 0.5
            theta -= LR * r * m_hat * (1 - B2**t) ** 0.5 / (np.sqrt(v) + EPS)
        else:
            theta -= LR * m_hat
        yield


EXPRESSIONS: dict[str, Callable[[Array, Array], Step]] = {
    "gradient descent": stepping(gradient_descent),
    "SGD": stepping(momentum),
    "SGD, Nesterov": stepping(nesterov),
    "Adagrad": stepping(adagrad),
    "RMSprop": stepping(rmsprop),
    "RMSprop, centred": stepping(centred),
    "Adadelta": stepping(adadelta),
    "Adam": stepping(adam),
    "AMSGrad": stepping(amsgrad),
    "AdamW": stepping(adamw),
    "Adamax": stepping(adamax),
    "NAdam": stepping(nadam),
    "RAdam": stepping(radam),
}
