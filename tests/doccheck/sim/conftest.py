"""What the tests of the simulated accelerator share: it is registered, and it can be made the default device."""

from collections.abc import Iterator

import pytest
import torch

from doccheck import sim


@pytest.fixture(scope="session", autouse=True)
def registered() -> None:
    """Register the device before the first of these tests, not while tests are collected."""
    sim.register()


@pytest.fixture
def sim_by_default() -> Iterator[None]:
    """Make `sim` the default device for one test, as the runner does for one snippet."""
    torch.set_default_device("sim")
    yield
    torch.set_default_device(None)
