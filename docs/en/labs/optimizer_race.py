# ---
# title: An optimiser race
# description: SGD, momentum and Adam in a ravine and on handwritten digits. Who wins depends on the learning rate.
# ---

# %% [markdown]
# # An optimiser race
#
# **Who wins, SGD, momentum or Adam? In a ravine with the best settings: momentum. On handwritten digits: Adam,
# just ahead of momentum when each has its own best learning rate, and by a landslide when all share 0.01.**
#
# Every run below repeats to the last digit shown. Change a number and run the notebook again.
#
# ## The runners
#
# With the gradient $g_t$ and the learning rate $\eta$:
#
# | runner | step |
# | --- | --- |
# | SGD | $\theta_t = \theta_{t-1} - \eta\, g_t$ |
# | momentum | $u_t = \mu\, u_{t-1} + g_t$, then $\theta_t = \theta_{t-1} - \eta\, u_t$ |
# | [Adam](../chapters/adam.md) | $\theta_t = \theta_{t-1} - \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon)$ |
#
# ## Course one: a ravine
#
# $L(\theta) = \tfrac12 \theta^\top A\, \theta$ with curvature 1 along the ravine and 100 across it. The
# start is on the wall, where both directions contribute equally: $L = \tfrac12 (1 \cdot 10^2 + 100 \cdot
# 1^2) = 100$.

# %% name="ravine"
import math

import torch

from reference_impl import functional, layers, optim

straight = torch.eye(2, dtype=torch.float64)


def run(optimizer_class, steps, turn=straight, **options):
    """Loss before each step and after the last; `turn` rotates the ravine."""
    curvature = turn * torch.tensor([1.0, 100.0], dtype=torch.float64) @ turn.T
    start = torch.tensor([10.0, 1.0], dtype=torch.float64)
    theta = torch.nn.Parameter(turn @ start)
    optimizer = optimizer_class([theta], **options)
    losses = []
    for _ in range(steps + 1):
        theta.grad = curvature @ theta.detach()
        losses.append((theta.detach() @ theta.grad / 2).item())
        optimizer.step()
    return losses


start, after_one_step = run(optim.SGD, steps=1, lr=0.01)
assert round(start, 6) == 100
assert round(after_one_step, 6) == 49.005  # 9.9**2 / 2, and 0 across

# %% [markdown]
# For a quadratic the best settings are known. With the condition number $\kappa = 100$:
#
# $$
# \eta_{\text{SGD}} = \frac{2}{\kappa + 1}, \qquad
# \eta_{\text{momentum}} = \left(\frac{2}{\sqrt\kappa + 1}\right)^{2}, \qquad
# \mu = \left(\frac{\sqrt\kappa - 1}{\sqrt\kappa + 1}\right)^{2}
# $$
#
# Adam has no such formula; among powers of ten, $\eta = 1$ is the best. torch's optimisers run the same course,
# to the same losses.

# %% name="race-in-the-ravine"
settings = {
    "SGD": ("SGD", {"lr": 2 / 101}),
    "momentum": ("SGD", {"lr": (2 / 11) ** 2, "momentum": (9 / 11) ** 2}),
    "Adam": ("Adam", {"lr": 1.0}),
}
ravine, table = {}, {}
for name, (kind, options) in settings.items():
    ravine[name] = run(getattr(optim, kind), steps=100, **options)
    theirs = run(getattr(torch.optim, kind), steps=100, **options)
    pairs = zip(ravine[name], theirs, strict=True)
    assert all(math.isclose(a, b, rel_tol=1e-6) for a, b in pairs)
    table[name] = [f"{ravine[name][step]:.1e}" for step in (10, 50, 100)]
    print(f"{name:10} after 10, 50 and 100 steps:", *table[name])

assert table == {
    "SGD": ["6.7e+01", "1.4e+01", "1.8e+00"],
    "momentum": ["3.4e+02", "8.2e-04", "6.3e-12"],
    "Adam": ["2.1e+00", "1.9e-02", "5.4e-04"],
}
others = [f"{run(optim.Adam, steps=100, lr=lr)[100]:.1e}" for lr in (0.1, 10.0)]
assert others == ["2.5e+00", "3.5e-02"]

# %% name="losses-in-the-ravine" needs="matplotlib" alt="Loss against step, the loss on a logarithmic axis. SGD falls in a straight line from 100 to 2 in 100 steps. Momentum first climbs to several hundred, then falls steeply to about 1e-11. Adam falls quickly at first, then in waves to about 5e-4."
import matplotlib.pyplot as plt

figure, axes = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
axes.semilogy(ravine["SGD"], "C1-")
axes.semilogy(ravine["momentum"], "C2--")
axes.semilogy(ravine["Adam"], "C0-.")
axes.annotate("SGD", (70, 12), color="C1")
axes.annotate("momentum", (38, 1e-7), color="C2")
axes.annotate("Adam", (84, 3e-2), color="C0")
axes.set(xlabel="step", ylabel="loss")
assert max(ravine["momentum"]) > max(ravine["SGD"]) == ravine["SGD"][0]

# %% [markdown]
# Momentum first climbs: it carries too much speed across the ravine. Then it falls by orders of magnitude.
#
# The theory says how fast. Each step of SGD multiplies the distance by at most $(\kappa - 1)/(\kappa + 1) =
# 99/101$, each step of momentum by $\rho = (\sqrt\kappa - 1)/(\sqrt\kappa + 1) = 9/11$ in the long run. (At
# its best setting the distance falls like $t\, \rho^t$. The factor $t$ is why the rate from step 100 to 200 is
# still a little above 9/11.)


# %% name="rates-of-descent"
def rate(losses):
    """Factor per step for the distance, the root of the loss: steps 100-200."""
    return (losses[200] / losses[100]) ** (1 / 2 / 100)


best = {"lr": (2 / 11) ** 2, "momentum": (9 / 11) ** 2}
sgd = rate(run(optim.SGD, steps=200, lr=2 / 101))
momentum = rate(run(optim.SGD, steps=200, **best))
print(f"SGD       {sgd:.4f}, theory {99 / 101:.4f}")
print(f"momentum  {momentum:.4f}, theory {9 / 11:.4f}")
assert [round(sgd, 4), round(momentum, 4)] == [0.9802, 0.8238]
assert round(9 / 11 * (200 / 100) ** (1 / 100), 4) == 0.8239

# %% [markdown]
# ### Turn the ravine
#
# SGD and momentum follow the gradient, so a turned ravine is the same ravine to them. Adam divides each
# *coordinate* by its own scale, and that helps only as long as the ravine lies along an axis. With a small
# rate the difference is plain:

# %% name="turned-ravine"
half = 0.5**0.5
at_45_degrees = half * torch.tensor([[1, -1], [1, 1]], dtype=torch.float64)
turned = {"SGD": [], "Adam": []}
for turn in (straight, at_45_degrees):
    sgd = run(optim.SGD, steps=100, turn=turn, lr=2 / 101)
    adam = run(optim.Adam, steps=100, turn=turn, lr=0.1)
    turned["SGD"].append(round(sgd[-1], 2))
    turned["Adam"].append(round(adam[-1], 2))
for name, (along_an_axis, oblique) in turned.items():
    print(f"{name:5} along an axis: {along_an_axis}   at 45 degrees: {oblique}")
assert turned == {"SGD": [1.83, 1.83], "Adam": [2.52, 19.66]}

# %% [markdown]
# ## Course two: handwritten digits
#
# The network of [the multilayer network](../chapters/mlp.md): 64 pixels, 128 hidden units, 10 classes. All
# 1,797 digits are the course; what counts is the training loss after five passes. It is a race downhill,
# not an exam: a lower training loss need not mean fewer mistakes on new digits.
#
# Every run starts from the same weights and sees the same batches: fourteen of 128 digits in each pass; the five
# digits left over sit it out. Before the first step the loss is near $\ln 10 \approx 2.303$, the loss of a guess.

# %% name="the-digits" needs="scikit-learn"
import numpy as np
from sklearn.datasets import load_digits

images, labels = load_digits(return_X_y=True)
x, y = torch.tensor(images / 16), torch.tensor(labels)


def train(optimizer_class, passes, **options):
    """Training loss after some passes over the digits."""
    rng = np.random.default_rng(0)
    first = layers.Linear(64, 128, rng=rng, like=x)
    second = layers.Linear(128, 10, rng=rng, like=x)
    model = layers.Sequential(first, layers.ReLU(), second)
    optimizer = optimizer_class(model.parameters(), **options)
    for _ in range(passes):
        for rows in torch.tensor(rng.permutation(len(x))).split(128)[:-1]:
            optimizer.zero_grad()
            functional.cross_entropy(model(x[rows]), y[rows]).backward()
            optimizer.step()
    return functional.cross_entropy(model(x), y).item()


assert round(train(optim.SGD, passes=0, lr=0.1), 3) == 2.309
assert round(train(optim.SGD, passes=1, lr=0.1), 3) == 2.174

# %% [markdown]
# First with one learning rate for all, as in many comparisons:

# %% name="one-rate-for-all" needs="scikit-learn"
runners = {
    "SGD": lambda lr: train(optim.SGD, passes=5, lr=lr),
    "momentum": lambda lr: train(optim.SGD, passes=5, lr=lr, momentum=0.9),
    "Adam": lambda lr: train(optim.Adam, passes=5, lr=lr),
}
shared = {name: round(runner(0.01), 3) for name, runner in runners.items()}
print(shared)
assert shared == {"SGD": 2.24, "momentum": 1.606, "Adam": 0.104}

# %% [markdown]
# A landslide for Adam. But 0.01 means something else to each of them: Adam moves a weight by up to about 0.01
# per step, SGD by 0.01 times the gradient. So let each try eight rates.

# %% name="eight-rates-for-each" needs="scikit-learn"
rates = [10 ** (k / 2) for k in range(-6, 2)]
digits = {name: [runner(lr) for lr in rates] for name, runner in runners.items()}
print("rate      " + "".join(f"{lr:8.3f}" for lr in rates))
for name, losses in digits.items():
    print(f"{name:10}" + "".join(f"{loss:8.3f}" for loss in losses))

rounded = [round(loss, 2) for loss in digits["SGD"]]
assert rounded == [2.3, 2.29, 2.24, 2.09, 1.37, 0.37, 0.17, 2.27]
best = {}
for name, losses in digits.items():
    loss, lr = min(zip(losses, rates, strict=True))
    best[name] = round(loss, 3), round(lr, 3)
assert list(best) == ["SGD", "momentum", "Adam"]
assert list(best.values()) == [(0.166, 1.0), (0.073, 0.316), (0.064, 0.1)]

# %% name="loss-against-rate" alt="Training loss against learning rate, both logarithmic: three valleys. Adam is lowest at 0.1, momentum at 0.32, SGD at 1. At the rate 0.01 Adam is near 0.1 while the two others are still above 1. At 0.32 Adam has jumped back up to 1.7." needs="scikit-learn matplotlib"
figure, axes = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
axes.loglog(rates, digits["SGD"], "C1o-")
axes.loglog(rates, digits["momentum"], "C2s--")
axes.loglog(rates, digits["Adam"], "C0^-.")
axes.annotate("SGD", (0.05, 1.9), color="C1")
axes.annotate("momentum", (0.014, 1.3), color="C2")
axes.annotate("Adam", (0.0015, 0.85), color="C0")
axes.set(xlabel="learning rate", ylabel="training loss after five passes")
assert [round(losses[5], 1) for losses in digits.values()] == [0.4, 0.1, 1.7]

# %% [markdown]
# Each curve is a valley. At 0.01 Adam is deep in its own, where the others still stand on the plateau: a
# comparison at one shared rate measures where the valleys lie, not how deep they are. Each at its best: Adam
# 0.064, momentum 0.073, SGD 0.166. And half a decade above its best rate Adam is back at 1.7.
#
# ## What the race showed
#
# - In a ravine along the axes, momentum with the right settings wins by nearly eight orders of magnitude.
#   They need the curvature, which nobody knows of a real network.
# - Adam needs no curvature there, but it depends on the axes: turn the ravine, and at a small rate it falls far
#   behind.
# - Compare optimisers each at its own best rate, or you compare rates.
#
# One network, one data set, five passes: this is a race, not a verdict. The rules, what they cost and where
# they fail: [Adam](../chapters/adam.md). Where the gradients come from: [automatic
# differentiation](../chapters/autograd.md).
#
# ## Sources
#
# - Boris T. Polyak, "Some methods of speeding up the convergence of iteration methods", USSR Computational
#   Mathematics and Mathematical Physics 1964,
#   [doi:10.1016/0041-5553(64)90137-5](https://doi.org/10.1016/0041-5553(64)90137-5): momentum and its best
#   settings for a quadratic.
# - Gabriel Goh, "Why Momentum Really Works", Distill 2017,
#   [distill.pub/2017/momentum](https://distill.pub/2017/momentum/): the same in pictures.
# - Dami Choi and others, "On Empirical Comparisons of Optimizers for Deep Learning", 2019,
#   [arXiv:1910.05446](https://arxiv.org/abs/1910.05446): how the search for settings decides such races.
