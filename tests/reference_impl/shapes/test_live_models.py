"""Live torch models as networks: the same table as torch's, or a refusal; never another network."""

import pytest
import torch
from test_torch_code import counted
from torch import nn

from reference_impl.shapes import from_torch, network_table


class Calls(nn.Module):
    """A module whose forward is a function of itself and its input."""

    def __init__(self, forward, **layers):
        super().__init__()
        self.function = forward
        for name, layer in layers.items():
            setattr(self, name, layer)

    def forward(self, x):
        """Call the function."""
        return self.function(self, x)


def halves(model, x):
    """Cut the middle half out, by numbers that are made of shapes."""
    border = (x.shape[-1] - x.size(-1) // 2) // 2
    return model.layer(x[:, :, 1:-1, border:-border])


def unpacked(model, x):
    """Use the output of a recurrent network, and not its state."""
    states, _ = model.layer(x)
    return states


def twice(model, x):
    """Use a layer twice."""
    return model.layer(model.layer(x)) + x


LIVE = [
    (Calls(halves, layer=nn.Conv2d(2, 3, 3)), (2, 8, 12)),
    (Calls(unpacked, layer=nn.LSTM(4, 6, 2, bidirectional=True, batch_first=True)), (5, 4)),
    (Calls(lambda model, x: model.layer(x)[0], layer=nn.GRU(4, 6, batch_first=True)), (5, 4)),
    (Calls(twice, layer=nn.Conv1d(3, 3, 3, padding=1)), (3, 9)),
    (Calls(lambda model, x: model.layer(x.view(x.size(0), -1)), layer=nn.Linear(24, 5)), (2, 3, 4)),
    (Calls(lambda model, x: model.layer(x.reshape(x.shape[0], 24)), layer=nn.Linear(24, 5)), (2, 3, 4)),
    (Calls(lambda model, x: model.layer(torch.flatten(x, 1)), layer=nn.Linear(24, 5)), (2, 3, 4)),
    (Calls(lambda model, x: torch.cat([x, model.layer(x)], dim=1), layer=nn.Conv1d(3, 4, 1)), (3, 9)),
    (
        Calls(lambda model, x: model.layer(x, x, x)[0], layer=nn.MultiheadAttention(4, 2, batch_first=True)),
        (5, 4),
    ),
    (nn.Sequential(nn.Unfold(3), nn.Fold(9, 3), nn.LayerNorm(9)), (2, 9, 9)),
    (nn.GRU(4, 6, batch_first=True), (5, 4)),
]
REFUSED = [
    (Calls(lambda model, x: x[:, 1:]), "takes examples or channels apart"),
    (Calls(lambda model, x: x[0]), "takes examples or channels apart"),
    (Calls(lambda model, x: x[..., 1:]), "takes 1 to 6 of 6, which is not the middle"),
    (Calls(lambda model, x: x[..., ::2]), "which is not the middle"),
    (Calls(lambda model, x: torch.cat([x, x], 2)), "joins another axis than the channels"),
    (Calls(lambda model, x: torch.cat([x, x])), "joins another axis than the channels"),
    (Calls(lambda model, x: torch.flatten(x, 2)), "does not flatten all axes of an example"),
    (Calls(lambda model, x: x.view(x.size(0), 6, 4)), "(='view') is nothing that a layer of a network does"),
    (nn.Sequential(nn.Flatten(2)), "leaves axes as they are"),
    (nn.Sequential(nn.LayerNorm((6, 6))), "normalises several axes"),
    (nn.Sequential(nn.LSTM(6, 2)), "takes the length before the batch; make it with batch_first=True"),
    (nn.MultiheadAttention(6, 2, kdim=3), "has keys and values of its own"),
    (
        Calls(lambda model, x: model.layer(x, x + x, x)[0], layer=nn.MultiheadAttention(6, 2)),
        "attends to another sequence",
    ),
    (Calls(lambda model, x: model.layer(x)[1], layer=nn.Linear(6, 6)), "takes examples or channels apart"),
    (
        Calls(lambda model, x: model.layer(x)[1] + x, layer=nn.GRU(6, 6, batch_first=True)),
        "uses more than the output of layer",
    ),
    (
        Calls(lambda model, x: model.layer(x, output_size=[14, 14]), layer=nn.ConvTranspose2d(4, 1, 3, 2)),
        "is called with more than its input",
    ),
]


@pytest.mark.parametrize(("model", "size"), LIVE, ids=range(len(LIVE)))
def test_the_table_is_torchs(model, size):
    table = network_table(from_torch(model, size), unit="flop")
    moved = model.to("meta")
    if isinstance(model, nn.GRU):
        moved = Calls(unpacked, layer=moved)
    assert counted(moved, table) == (table.output_size, table.parameters, table.cost)


@pytest.mark.parametrize(("model", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_what_is_another_network_is_refused(model, words):
    with pytest.raises(ValueError, match=r"^`module` \(=.*; ") as caught:
        from_torch(model, (4, 6, 6))
    assert words in str(caught.value)
