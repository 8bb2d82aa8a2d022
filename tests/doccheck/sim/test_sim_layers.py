"""Outputs, gradients and running statistics of layers on `sim` are those of the CPU."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn

LAYERS: dict[str, tuple[Callable[[], nn.Module], tuple[int, ...]]] = {
    "Linear": (lambda: nn.Linear(4, 3), (5, 4)),
    "Bilinear": (lambda: nn.Bilinear(4, 4, 2), (5, 4)),
    "Conv1d": (lambda: nn.Conv1d(2, 4, 3, stride=2, padding=1, groups=2), (3, 2, 8)),
    "Conv2d": (lambda: nn.Conv2d(2, 3, 3, padding="same", dilation=2), (2, 2, 6, 6)),
    "Conv3d": (lambda: nn.Conv3d(1, 2, 2, bias=False), (2, 1, 4, 4, 4)),
    "ConvTranspose1d": (lambda: nn.ConvTranspose1d(4, 6, 3, stride=2, output_padding=1, groups=2), (2, 4, 5)),
    "ConvTranspose2d": (lambda: nn.ConvTranspose2d(2, 3, 3, stride=2), (2, 2, 4, 4)),
    "ConvTranspose3d": (lambda: nn.ConvTranspose3d(1, 2, 2), (1, 1, 3, 3, 3)),
    "BatchNorm1d": (lambda: nn.BatchNorm1d(4), (6, 4)),
    "BatchNorm2d": (lambda: nn.BatchNorm2d(2), (3, 2, 4, 4)),
    "BatchNorm in use": (lambda: nn.BatchNorm1d(4).eval(), (6, 4)),
    "InstanceNorm2d": (lambda: nn.InstanceNorm2d(2, affine=True), (3, 2, 4, 4)),
    "LayerNorm": (lambda: nn.LayerNorm(4), (5, 4)),
    "RMSNorm": (lambda: nn.RMSNorm(4), (5, 4)),
    "GroupNorm": (lambda: nn.GroupNorm(2, 4), (3, 4, 5)),
    "MaxPool2d": (lambda: nn.MaxPool2d(2, stride=1), (2, 2, 5, 5)),
    "AvgPool2d": (lambda: nn.AvgPool2d(3, padding=1), (2, 2, 6, 6)),
    "AdaptiveAvgPool2d": (lambda: nn.AdaptiveAvgPool2d((3, 2)), (2, 2, 7, 5)),
    "AdaptiveMaxPool1d": (lambda: nn.AdaptiveMaxPool1d(3), (2, 2, 7)),
    "Upsample": (lambda: nn.Upsample(scale_factor=2), (1, 2, 3, 3)),
    "Dropout in use": (lambda: nn.Dropout(0.5).eval(), (5, 4)),
    "RNN": (lambda: nn.RNN(4, 3, num_layers=2, nonlinearity="relu"), (5, 2, 4)),
    "LSTM": (lambda: nn.LSTM(4, 3, num_layers=2, bidirectional=True, batch_first=True), (2, 5, 4)),
    "LSTM without bias": (lambda: nn.LSTM(4, 3, bias=False), (5, 2, 4)),
    "LSTMCell": (lambda: nn.LSTMCell(4, 3), (5, 4)),
    "GRU": (lambda: nn.GRU(4, 3, bidirectional=True), (5, 2, 4)),
    "GRUCell": (lambda: nn.GRUCell(4, 3), (5, 4)),
    "TransformerEncoderLayer": (lambda: nn.TransformerEncoderLayer(4, 2, 8, dropout=0.0), (5, 2, 4)),
    "TransformerEncoderLayer in use": (
        lambda: nn.TransformerEncoderLayer(4, 2, 8, batch_first=True).eval(),
        (2, 5, 4),
    ),
}


def first_tensor(result: Any) -> torch.Tensor:
    """Return the output of a layer: recurrent layers return their states as well."""
    return result if isinstance(result, torch.Tensor) else first_tensor(result[0])


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_agrees(name: str):
    make, shape = LAYERS[name]
    torch.manual_seed(0)
    on_cpu = make().double()
    on_sim = copy.deepcopy(on_cpu).to("sim")
    x = torch.randn(shape, dtype=torch.float64)
    results = {}
    for device, layer in (("cpu", on_cpu), ("sim", on_sim)):
        inputs = [x.clone().to(device).requires_grad_()] * (2 if isinstance(layer, nn.Bilinear) else 1)
        value = first_tensor(layer(*inputs))
        value.sin().sum().backward()
        results[device] = [value, inputs[0].grad, *(p.grad for p in layer.parameters()), *layer.buffers()]
    torch.testing.assert_close([r.cpu() for r in results["sim"]], results["cpu"], rtol=1e-10, atol=1e-12)


def test_attention_agrees():
    torch.manual_seed(0)
    on_cpu = nn.MultiheadAttention(4, 2, batch_first=True).double()
    on_sim = copy.deepcopy(on_cpu).to("sim")
    x = torch.randn(2, 5, 4, dtype=torch.float64)
    for want_weights in (True, False):
        wanted = on_cpu(x, x, x, need_weights=want_weights)[0]
        y = x.to("sim")
        torch.testing.assert_close(on_sim(y, y, y, need_weights=want_weights)[0].cpu(), wanted)


def test_an_embedding_agrees():
    layer = nn.Embedding(5, 3, padding_idx=0)
    words = torch.tensor([[0, 2], [2, 4]])
    layer(words).sin().sum().backward()
    on_sim = copy.deepcopy(layer).to("sim")
    on_sim.zero_grad()
    on_sim(words.to("sim")).sin().sum().backward()
    assert torch.equal(on_sim.weight.grad.cpu(), layer.weight.grad)
