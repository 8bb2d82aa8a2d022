"""Steps of torch's optimizers on `sim` are those of the CPU, with schedules and closures."""

from collections.abc import Callable
from typing import Any

import pytest
import torch

OPTIMIZERS: dict[str, Callable[[Any], torch.optim.Optimizer]] = {
    "SGD": lambda p: torch.optim.SGD(p, lr=0.1),
    "SGD with momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.01),
    "SGD, one tensor at a time": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.5, foreach=False),
    "Adam": lambda p: torch.optim.Adam(p, lr=0.1),
    "Adam, fused": lambda p: torch.optim.Adam(p, lr=0.1, fused=True),
    "AdamW": lambda p: torch.optim.AdamW(p, lr=0.1, amsgrad=True),
    "Adamax": lambda p: torch.optim.Adamax(p, lr=0.1),
    "NAdam": lambda p: torch.optim.NAdam(p, lr=0.1),
    "RAdam": lambda p: torch.optim.RAdam(p, lr=0.1),
    "Adagrad": lambda p: torch.optim.Adagrad(p, lr=0.1),
    "Adadelta": lambda p: torch.optim.Adadelta(p, lr=1.0),
    "RMSprop": lambda p: torch.optim.RMSprop(p, lr=0.1, centered=True, momentum=0.5),
    "Rprop": lambda p: torch.optim.Rprop(p, lr=0.1),
    "ASGD": lambda p: torch.optim.ASGD(p, lr=0.1, foreach=True),
    "LBFGS": lambda p: torch.optim.LBFGS(p, lr=0.5, max_iter=4),
}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_optimizer_agrees(name: str):
    results = {}
    for device in ("cpu", "sim"):
        weight = torch.tensor([[1.0, -2.0], [0.5, 3.0]], dtype=torch.float64, device=device).requires_grad_()
        bias = torch.tensor([0.1, -0.2], dtype=torch.float64, device=device).requires_grad_()
        optimizer = OPTIMIZERS[name]([weight, bias])
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=5)

        def closure(weight=weight, bias=bias, optimizer=optimizer):
            optimizer.zero_grad()
            loss = ((weight @ bias - 1) ** 2).sum() + weight.cos().sum()
            loss.backward()
            return loss

        for _ in range(4):
            optimizer.step(closure)
            schedule.step()
        results[device] = [weight.detach().cpu(), bias.detach().cpu()]
    torch.testing.assert_close(results["sim"], results["cpu"], rtol=1e-10, atol=1e-12)
    assert not torch.equal(results["cpu"][1], torch.tensor([0.1, -0.2], dtype=torch.float64))
