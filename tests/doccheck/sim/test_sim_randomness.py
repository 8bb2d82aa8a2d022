"""Random numbers of `sim`: reproducible, and never those of the CPU."""

from collections.abc import Callable

import pytest
import torch
import torch.nn.functional as F

from doccheck import sim

DRAWS: dict[str, Callable[[str], torch.Tensor]] = {
    "randn": lambda device: torch.randn(8, device=device),
    "rand": lambda device: torch.rand(8, device=device),
    "randint": lambda device: torch.randint(0, 1000, (8,), device=device),
    "randperm": lambda device: torch.randperm(20, device=device),
    "rand_like": lambda device: torch.rand_like(torch.ones(8, device=device)),
    "normal_": lambda device: torch.empty(8, device=device).normal_(1, 2),
    "normal": lambda device: torch.normal(torch.zeros(8, device=device), 1.0),
    "uniform_": lambda device: torch.empty(8, device=device).uniform_(-1, 1),
    "bernoulli": lambda device: torch.bernoulli(torch.full((40,), 0.5, device=device)),
    "multinomial": lambda device: torch.multinomial(torch.ones(20, device=device), 10),
    "exponential_": lambda device: torch.empty(8, device=device).exponential_(),
    "dropout": lambda device: F.dropout(torch.ones(40, device=device)),
    "feature dropout": lambda device: F.dropout1d(torch.ones(1, 40, 2, device=device)),
    "alpha dropout": lambda device: F.alpha_dropout(torch.ones(40, device=device), training=True),
    "rrelu": lambda device: F.rrelu(-torch.ones(8, device=device), training=True),
    "kaiming": lambda device: torch.nn.Linear(4, 3, device=device).weight.detach(),
    "gamma": lambda device: torch.distributions.Gamma(torch.ones(8, device=device), 1.0).sample(),
    "poisson": lambda device: torch.poisson(torch.full((20,), 5.0, device=device)),
    "gumbel": lambda device: F.gumbel_softmax(torch.zeros(8, device=device)),
}


@pytest.mark.parametrize("name", DRAWS)
def test_a_seed_repeats_and_differs_from_the_cpu(name: str):
    draw = DRAWS[name]

    def seeded(device: str, seed: int = 3) -> torch.Tensor:
        torch.manual_seed(seed)
        return draw(device).cpu()

    first = seeded("sim")
    assert draw("sim").device.type == "sim"
    assert torch.equal(first, seeded("sim"))
    assert not torch.equal(first, seeded("sim", 4))
    assert not torch.equal(first, seeded("cpu"))


def test_drawing_on_the_device_leaves_the_cpu_stream_alone():
    torch.manual_seed(0)
    wanted = torch.rand(3)
    torch.manual_seed(0)
    torch.rand(3, device="sim")
    F.dropout(torch.ones(3, device="sim"))
    assert torch.equal(torch.rand(3), wanted)


def test_numbers_are_distributed_as_asked():
    torch.manual_seed(0)
    x = torch.randn(20_000, device="sim")
    assert abs(float(x.mean())) < 0.03
    assert abs(float(x.std()) - 1) < 0.03
    kept = F.dropout(torch.ones(20_000, device="sim"), 0.25)
    assert sorted(set(kept.tolist())) == pytest.approx([0, 4 / 3])
    assert abs(float((kept == 0).float().mean()) - 0.25) < 0.02


def test_dropout_at_its_ends_and_its_gradient():
    x = torch.ones(50, device="sim", requires_grad=True)
    assert F.dropout(x, 1.0).tolist() == [0.0] * 50
    assert F.dropout(x, 0.0).tolist() == [1.0] * 50
    assert F.dropout(x, 0.5, training=False).tolist() == [1.0] * 50
    y = F.dropout(x, 0.5)
    y.sum().backward()
    assert torch.equal(x.grad, y.detach())


class TestGenerator:
    """`torch.Generator(device="sim")` and its place beside the generators of other devices."""

    def test_it_has_a_device_and_a_seed(self):
        generator = torch.Generator(device="sim").manual_seed(5)
        assert generator.device == torch.device("sim", 0)
        assert generator.initial_seed() == 5
        assert isinstance(generator, torch.Generator)

    def test_it_repeats_and_is_independent_of_the_default_stream(self):
        first = torch.rand(4, device="sim", generator=torch.Generator("sim").manual_seed(5))
        torch.manual_seed(1)
        again = torch.rand(4, device="sim", generator=torch.Generator(device="sim").manual_seed(5))
        assert torch.equal(first, again)
        assert not torch.equal(first.cpu(), torch.rand(4, generator=torch.Generator().manual_seed(5)))

    def test_its_state_can_be_kept(self):
        generator = torch.Generator(device=torch.device("sim"))
        state = generator.get_state()
        first = torch.randperm(9, device="sim", generator=generator)
        assert torch.equal(torch.randperm(9, device="sim", generator=generator.set_state(state)), first)

    def test_a_chosen_seed_can_be_used_again(self):
        generator = torch.Generator(device="sim")
        seed = generator.seed()
        first = torch.rand(3, device="sim", generator=generator)
        assert seed == generator.initial_seed()
        assert torch.equal(torch.rand(3, device="sim", generator=generator.manual_seed(seed)), first)

    def test_generators_of_the_cpu_are_as_before(self):
        generator = torch.Generator()
        assert generator.device == torch.device("cpu")
        assert isinstance(generator, torch.Generator)
        assert isinstance(torch.default_generator, torch.Generator)
        assert not isinstance(3, torch.Generator)

    def test_one_of_the_cpu_is_refused(self):
        with pytest.raises(
            RuntimeError, match=r"Expected a 'sim' device type.*found 'cpu'.*device=x\.device"
        ):
            torch.ones(3, device="sim").normal_(generator=torch.Generator())


def test_the_module_of_the_device_seeds_and_keeps_its_state():
    torch.sim.manual_seed(11)
    assert torch.sim.initial_seed() == 11
    state = torch.sim.get_rng_state()
    first = torch.rand(3, device=sim.DEVICE)
    torch.sim.set_rng_state(state)
    assert torch.equal(torch.rand(3, device=sim.DEVICE), first)
    with torch.random.fork_rng(device_type="sim"):
        torch.rand(3, device=sim.DEVICE)
    torch.sim.set_rng_state(state)
    assert torch.equal(torch.rand(3, device=sim.DEVICE), first)
