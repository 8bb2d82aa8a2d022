"""Networks on their way to torch's code and back: the same table, the same counts."""

import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode
from torch_models import MODELS

from reference_impl.shapes import from_torch, network_table, read_network, ready_network, to_torch

TEXTS = [
    "input 5x4; lstm 6 num_layers=2 bidirectional=true; gru 3 bias=false; rnn 4; lstm 5 proj_size=2; linear 3",
    "input 2x8x7; unfold 3x2 stride=2x1 padding=1 dilation=2x1; fold 8x7 3x2 stride=2x1 padding=1 dilation=2x1; relu",
    "input 2x9; conv 4 3 padding=same dilation=2; norm; a: gelu; conv 4 1 bias=false from=input; add a; max_pool 2",
    "input 2x9x8; conv 4 3x2 groups=2 stride=2x1 padding=1x0; avg_pool 2 stride=1 padding=1 ceil_mode=true; leaky_relu",
    "input 2x5x6x7; conv 3 2; max_pool 2 stride=1 dilation=2; norm affine=false; adaptive_pool 1; flatten; softmax",
    "input 4x6; conv_transpose 6 3 stride=2 padding=1 output_padding=1 dilation=2; crop 9; identity; sigmoid",
    "input 4x6; s: conv 4 3 padding=1; conv 4 3 padding=1 shares=s; class: relu; 1st: relu6; concat s class; linear 3",
    "input 7x8; attention 2 bias=false; layer_norm bias=false; add input; layer_norm affine=false; linear 5 bias=false",
    "input 3x4x5; upsample scale_factor=2; upsample output_size=3x4; tanh; dropout; max_pool 2 padding=valid",
]


def built(network):
    """Run the code of a network on the meta device."""
    namespace = {}
    exec(to_torch(network), namespace)
    with torch.device("meta"):
        return namespace["Model"]()


def counted(model, table):
    """Give output size, parameters and operations of a model."""
    with FlopCounterMode(display=False) as counter:
        output = model(torch.zeros(2, *table.input_size, device="meta"))
    parameters = sum(weight.numel() for weight in model.parameters())
    return tuple(output.shape[1:]), parameters, counter.get_total_flops() // 2


@pytest.mark.filterwarnings("ignore:Using padding='same'")
@pytest.mark.parametrize("network", [*TEXTS, *MODELS])
def test_the_code_builds_what_the_table_counts(network):
    network = ready_network(network) if network in MODELS else read_network(network)
    table = network_table(network, unit="flop")
    assert counted(built(network), table) == (table.output_size, table.parameters, table.cost)


@pytest.mark.filterwarnings("ignore:Using padding='same'")
@pytest.mark.parametrize("network", [*TEXTS, *MODELS])
def test_and_back_again(network):
    network = ready_network(network) if network in MODELS else read_network(network)
    there, back = network_table(network), network_table(from_torch(built(network), network.input_size))
    assert [(row.kind, row.shape, row.parameters, row.cost) for row in back.rows] == [
        (row.kind, row.shape, row.parameters, row.cost) for row in there.rows
    ]


@pytest.mark.parametrize("name", sorted(set(MODELS) - {"transformer"}))
def test_live_models(name):
    network = ready_network(name)
    with torch.device("meta"):
        model = MODELS[name]()
    ours, theirs = network_table(network), network_table(from_torch(model, network.input_size))
    assert (theirs.output_size, theirs.parameters, theirs.cost) == (
        ours.output_size,
        ours.parameters,
        ours.cost,
    )


def test_names_become_names_of_python():
    network = read_network("input 2x6; ä: relu; ö: relu; a²: relu; 3: relu; class: relu; a_: relu")
    names = [line.split(" = ")[0].strip() for line in to_torch(network).split("\n") if "nn.ReLU" in line]
    assert names == [
        "self.layer1__",
        "self.layer2__",
        "self.a_",
        "self.layer4_3",
        "self.layer5_class",
        "self.layer6_a_",
    ]
    built(network)(torch.zeros(1, 2, 6, device="meta"))


@pytest.mark.parametrize(
    "text",
    ["input 2x6x7; conv 3 3 padding=1,2x0,1", "input 2x6; conv_transpose 3 3 stride=2 padding=1,0"],
)
def test_pairs_of_padding(text):
    network = read_network(text)
    output = built(network)(torch.zeros(1, *network.input_size, device="meta"))
    assert tuple(output.shape[1:]) == network_table(network).output_size


class Squared(nn.Module):
    """Something that no layer does."""

    def forward(self, x):
        """Square."""
        return x * x


def test_what_cannot_be_told_is_an_error():
    with pytest.raises(ValueError, match=r"`module` \(='mul'\) is nothing that a layer of a network does"):
        from_torch(Squared(), (3,))
    with pytest.raises(ValueError, match=r"`module` \(='Bilinear'\) in Sequential is no layer that is known"):
        from_torch(nn.Sequential(nn.Bilinear(1, 1, 1)), (3,))
    with pytest.raises(TypeError, match=r"`module` \(='str'\) must be a torch.nn.Module"):
        from_torch("resnet", (3,))
    for text in ("input 2x9; unfold 3", "input 6x7; fold 9 3"):
        with pytest.raises(
            ValueError, match=r"`size` \(=.*\) of layer `\w+` must have two dimensions for torch"
        ):
            to_torch(read_network(text))
    with pytest.raises(ValueError, match="is none that torch's pooling has"):
        to_torch(read_network("input 2x9; max_pool 3 stride=1 padding=same"))
    assert network_table(from_torch(nn.Conv1d(2, 3, 3), (2, 9))).output_size == (3, 7)
