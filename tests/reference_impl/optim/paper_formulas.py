"""What the papers say, written from them in NumPy's long double; nothing of ours is imported."""

from collections.abc import Sequence
from typing import Any

import numpy as np

Walk = np.ndarray
L = np.longdouble


def settle(settings: dict[str, Any], **defaults: Any) -> list[Any]:
    """Return the settings named by `defaults`, in their order and in long double."""
    chosen = [settings.get(name, default) for name, default in defaults.items()]
    return [
        tuple(map(L, one)) if isinstance(one, tuple) else L(one) if type(one) is float else one
        for one in chosen
    ]


def means(gradients: Sequence[Walk], beta: L) -> list[Walk]:
    """Return the running mean after each gradient, as the weighted sum that it is."""
    powers = [(1 - beta) * beta**k for k in range(len(gradients))]
    return [sum(powers[t - i] * gradients[i] for i in range(t + 1)) for t in range(len(gradients))]


def sgdw(theta: Walk, gradients: Sequence[Walk], settings: dict[str, Any]) -> Walk:
    """Algorithm 1 of decoupled weight decay, with its schedule multiplier at 1; and the same in torch's spelling."""
    lr, mu, decay, variant = settle(settings, lr=1e-3, momentum=0.0, weight_decay=1e-2, variant="torch")
    m = 0 * theta
    for g in gradients:
        if variant == "paper":
            m = mu * m + lr * g
            theta = theta - m - decay * theta
        else:
            m = mu * m + g
            theta = theta - lr * m - lr * decay * theta
    return theta


def adagrad(theta: Walk, gradients: Sequence[Walk], settings: dict[str, Any]) -> Walk:
    """Figure 1 of Duchi et al.: the diagonal of H is delta plus the norm of all gradients of a coordinate."""
    lr, fall, decay, delta, eps = settle(
        settings, lr=1e-2, lr_decay=0.0, weight_decay=0.0, initial_accumulator_value=0.0, eps=1e-10
    )
    seen: list[Walk] = []
    for t, plain in enumerate(gradients):
        g = plain + decay * theta
        seen.append(g)
        theta = theta - lr / (1 + t * fall) * g / (delta + eps + np.linalg.norm(np.stack(seen), axis=0))
    return theta


def rmsprop(theta: Walk, gradients: Sequence[Walk], settings: dict[str, Any]) -> Walk:
    """A mean of squares that starts with the first of them."""
    lr, alpha, eps, decay, mu, centered = settle(
        settings, lr=1e-2, alpha=0.99, eps=1e-8, weight_decay=0.0, momentum=0.0, centered=False
    )
    v, m, u = None, 0 * theta, 0 * theta
    for plain in gradients:
        g = plain + decay * theta
        v = g * g if v is None else alpha * v + (1 - alpha) * g * g
        m = alpha * m + (1 - alpha) * g
        u = mu * u + g / (np.sqrt(v - m * m if centered else v) + eps)
        theta = theta - lr * u
    return theta


def adamw(theta: Walk, gradients: Sequence[Walk], settings: dict[str, Any]) -> Walk:
    """Algorithm 2 of decoupled weight decay; with amsgrad, the step of Reddi et al."""
    lr, (b1, b2), eps, decay, largest = settle(
        settings, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2, amsgrad=False
    )
    squares = means([g * g for g in gradients], b2)
    for t, m in enumerate(means(gradients, b1), start=1):
        if largest:
            step = m / (np.sqrt(np.max(np.stack(squares[:t]), axis=0)) + eps)
        else:
            step = m / (1 - b1**t) / (np.sqrt(squares[t - 1] / (1 - b2**t)) + eps)
        theta = theta - (lr * step + decay * theta)
    return theta


def nadam(theta: Walk, gradients: Sequence[Walk], settings: dict[str, Any]) -> Walk:
    """Algorithm 2 of Dozat, with the schedule of momentum that he proposes."""
    lr, (mu_most, nu), eps, decay, psi = settle(
        settings, lr=2e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, momentum_decay=4e-3
    )
    mu = [mu_most * (1 - L(0.5) * L(0.96) ** (psi * t)) for t in range(len(gradients) + 2)]
    m = n = 0 * theta
    for t, plain in enumerate(gradients, start=1):
        g = plain + decay * theta
        m = mu[t] * m + (1 - mu[t]) * g
        n = nu * n + (1 - nu) * g * g
        m_hat = mu[t + 1] * m / (1 - np.prod(mu[1 : t + 2])) + (1 - mu[t]) * g / (1 - np.prod(mu[1 : t + 1]))
        n_hat = nu * n / (1 - nu**t)
        theta = theta - lr * m_hat / (np.sqrt(n_hat) + eps)
    return theta


def radam(theta: Walk, gradients: Sequence[Walk], settings: dict[str, Any]) -> Walk:
    """Algorithm 2 of Liu et al., which switches above 4."""
    lr, (b1, b2), eps, decay = settle(settings, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0)
    most = 2 / (1 - b2) - 1
    m = v = 0 * theta
    for t, plain in enumerate(gradients, start=1):
        g = plain + decay * theta
        m, v = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g * g
        m_hat, rho = m / (1 - b1**t), most - 2 * t * b2**t / (1 - b2**t)
        if rho > 4:
            rate = np.sqrt(1 - b2**t) / (np.sqrt(v) + eps)
            r = np.sqrt((rho - 4) * (rho - 2) * most / ((most - 4) * (most - 2) * rho))
            theta = theta - lr * r * m_hat * rate
        else:
            theta = theta - lr * m_hat
    return theta


def adabound(theta: Walk, gradients: Sequence[Walk], settings: dict[str, Any]) -> Walk:
    """Algorithms 2 and 3 of Luo et al., and the same with the corrections of their code."""
    lr, (b1, b2), final, gamma, eps, decay, largest, variant = settle(
        settings,
        lr=1e-3,
        betas=(0.9, 0.999),
        final_lr=0.1,
        gamma=1e-3,
        eps=1e-8,
        weight_decay=0.0,
        amsbound=False,
        variant="torch",
    )
    m = v = most = 0 * theta
    for t, plain in enumerate(gradients, start=1):
        g = plain + decay * theta
        m, v = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g * g
        most = np.maximum(most, v)
        lower, upper = final - final / (gamma * t + 1), final + final / (gamma * t)
        rate = lr / (np.sqrt(most if largest else v) + eps)
        if variant == "paper":
            rate = np.minimum(np.maximum(rate, lower), upper) / np.sqrt(L(t))
        else:
            rate = np.minimum(np.maximum(rate * np.sqrt(1 - b2**t) / (1 - b1**t), lower), upper)
        theta = theta - rate * m
    return theta


FORMULAS = {
    "SGDW": sgdw,
    "Adagrad": adagrad,
    "RMSprop": rmsprop,
    "AdamW": adamw,
    "NAdam": nadam,
    "RAdam": radam,
    "AdaBound": adabound,
}
