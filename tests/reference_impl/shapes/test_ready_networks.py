"""Ready networks beside models that are built with torch: parameters, output, operations, and every leaf's output."""

import re

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode
from torch_models import MODELS

from reference_impl.shapes import network_table, ready_network
from reference_impl.shapes.network.ready import READY

WEIGHTED = (torch.nn.Conv2d, torch.nn.ConvTranspose2d, torch.nn.Linear, torch.nn.BatchNorm2d)
KINDS = ("conv", "conv_transpose", "linear", "norm")


def test_every_ready_network_has_its_model():
    assert set(READY) == set(MODELS)


@pytest.mark.parametrize("name", sorted(READY))
def test_the_table_is_that_of_torch(name):
    table = network_table(ready_network(name), unit="flop")
    with torch.device("meta"):
        model = MODELS[name]().train()
        example = torch.zeros(1, *table.input_size)
    seen = []
    for module in model.modules():
        if isinstance(module, WEIGHTED):
            module.register_forward_hook(lambda module, inputs, output: seen.append(tuple(output.shape[1:])))
    with FlopCounterMode(display=False) as counter:
        output = model(example)
    assert tuple(output.shape[1:]) == table.output_size
    assert sum(weight.numel() for weight in model.parameters()) == table.parameters
    assert counter.get_total_flops() == table.cost
    if name != "transformer":
        assert sorted(row.shape for row in table.rows if row.kind in KINDS) == sorted(seen)


def test_the_documented_counts_are_those_of_the_tables():
    documented = dict(re.findall(r"\| `(\w+)` \| [\d×]+ \| ([\d,]+) \|", ready_network.__doc__))
    assert {name: f"{network_table(ready_network(name)).parameters:,}" for name in READY} == documented


def test_alphago_pads_to_23_and_21_and_keeps_19():
    network = ready_network("alphago")
    convolutions = [layer for layer in network.layers if layer["kind"] == "conv"]
    assert [19 + 2 * layer["padding"] for layer in convolutions] == [23] + [21] * 11 + [19]
    shapes = [row.shape for row in network_table(network).rows if row.kind == "conv"]
    assert shapes == [(192, 19, 19)] * 12 + [(1, 19, 19)]


def test_another_input_size():
    assert network_table(ready_network("resnet18", (3, 64, 96))).rows[-4].shape == (512, 2, 3)
    with pytest.raises(
        ValueError, match=r"layer `conv7` \(conv\) cannot take \(16, 4, 4\): `kernel_size` \(=5\)"
    ):
        network_table(ready_network("lenet5", (1, 28, 28)))
    with pytest.raises(ValueError, match="is no ready network; choose among alexnet"):
        ready_network("resnet51")
