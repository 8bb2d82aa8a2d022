"""Continued training of a network: a few steps on each new batch, from the weights that are there."""

from collections.abc import Callable
from typing import Any, Self

from reference_impl._array import Array
from reference_impl._checks import check_size, refuse
from reference_impl.shift.concept.settings import StreamEstimator


class ContinualTrainer(StreamEstimator):
    r"""Train a network of torch, or of our layers, a few steps further on every new batch.

    $$\theta \leftarrow \theta - \eta \nabla_\theta L(f_\theta(x), y), \qquad
    \text{a given number of times for each batch}$$

    The optimizer decides what the step is. With a fixed rate, a step on a quadratic loss forgets a share of
    $\eta \lambda$ along each eigenvector of the Hessian with the eigenvalue $\lambda$, as
    [`ForgettingSGD`][reference_impl.shift.ForgettingSGD] does. A rate that falls to zero would stop following, and a
    few steps can't undo a large change at once; a network without spare capacity forgets what the stream no longer
    shows.

    The module and its optimizer are settings: `clone` and `set_params` don't copy them, so a clone trains the same
    network on, with a record of its own.

    Args:
        module: What maps inputs to predictions: a module of torch, or a layer of ours.
        loss: The loss of predictions and targets, such as `torch.nn.functional.cross_entropy`.
        optimizer: The optimizer of the parameters of `module`, torch's or ours.
        steps: The number of steps on each batch.

    Attributes:
        losses_: For each batch, the loss before its first step: a test on points that were not trained on.

    Raises:
        TypeError: `module` or `loss` can't be called, `optimizer` has no `step` or `zero_grad`, or `steps` is no int.
        ValueError: `steps` is below 1.

    Shape:
        inputs, targets and predictions: those of `module` and `loss`.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import ContinualTrainer
        >>> line = torch.nn.Linear(1, 1, bias=False)
        >>> rule = torch.optim.SGD(line.parameters(), lr=0.5)
        >>> loss = torch.nn.functional.binary_cross_entropy_with_logits
        >>> line.load_state_dict({"weight": torch.zeros(1, 1)})
        <All keys matched successfully>
        >>> inputs, targets = torch.tensor([[2.0]]), torch.tensor([[1.0]])
        >>> trainer = ContinualTrainer(line, loss, rule, steps=2)
        >>> losses = trainer.update(inputs, targets).losses_
        >>> # ln 2, although after both steps it is less
        >>> [round(x, 4) for x in losses]
        [0.6931]
        >>> # 0.5 * 2 / 2, then 0.5 * 2 / (1 + e) more
        >>> round(line.weight.item(), 4)
        0.7689
        >>> trainer = ContinualTrainer(line, loss, rule).update(inputs, targets)
        >>> scores = trainer.predict(torch.tensor([[3.0]]))
        >>> round(scores.item(), 4), scores.requires_grad
        (2.8374, False)

    Source:
        [Zhang et al. 2023](https://d2l.ai/chapter_linear-classification/environment-and-distribution-shift.html), Dive
        into deep learning, correct concept shift so.
    """

    def __init__(self, module: Any, loss: Callable[[Any, Any], Any], optimizer: Any, steps: int = 1) -> None:
        for name, value in (("module", module), ("loss", loss)):
            if not callable(value) or isinstance(value, type):
                fix = "pass e.g. torch.nn.Linear(2, 1) and torch.nn.functional.mse_loss"
                refuse(name, value, "must be something to call", fix, TypeError)
        for method in ("step", "zero_grad"):
            if isinstance(optimizer, type) or not hasattr(optimizer, method):
                fix = "pass e.g. torch.optim.SGD(module.parameters(), lr=0.1)"
                refuse("optimizer", optimizer, f"must have the method {method}", fix, TypeError)
        check_size("steps", steps)
        self.module = module
        self.loss = loss
        self.optimizer = optimizer
        self.steps = steps
        self.losses_: list[float] = []

    def update(self, inputs: Any, targets: Any) -> Self:
        """Take the steps on one batch."""
        if hasattr(self.module, "train"):
            self.module.train()
        for step in range(self.steps):
            self.optimizer.zero_grad()
            loss = self.loss(self.module(inputs), targets)
            if step == 0:
                self.losses_.append(float(loss.item()))
            loss.backward()
            self.optimizer.step()
        return self

    def predict(self, inputs: Any) -> Array:
        """Return the predictions as an array without a graph, with the module as it is used after training."""
        if hasattr(self.module, "eval"):
            self.module.eval()
        return self.module(inputs).data
