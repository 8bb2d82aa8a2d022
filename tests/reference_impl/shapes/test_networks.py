"""Networks as data and as text, what their tables count, and how impossible steps are told."""

import json
import re

import pytest

from reference_impl.shapes import (
    Network,
    conv_cost,
    conv_output_size,
    derive,
    network_table,
    read_network,
    ready_network,
    receptive_field,
    solve_conv,
    to_torch,
)
from reference_impl.shapes.network.kinds import JOINS, KINDS


def test_the_text_form_is_the_data():
    text = """
    input 2x8x10          # channels first
    stem: conv 4 3x5 padding=same bias=false
    norm
    pooled: max_pool 2
    big: upsample scale_factor=2.0 from=pooled
    concat stem input; linear 3
    """
    layers = [
        {
            "name": "stem",
            "kind": "conv",
            "out_channels": 4,
            "kernel_size": (3, 5),
            "padding": "same",
            "bias": False,
        },
        {"kind": "norm"},
        {"name": "pooled", "kind": "max_pool", "kernel_size": 2},
        {"name": "big", "kind": "upsample", "scale_factor": 2.0, "inputs": ["pooled"]},
        {"kind": "concat", "inputs": ["big", "stem", "input"]},
        {"kind": "linear", "out_features": 3},
    ]
    read, built = read_network(text), Network((2, 8, 10), layers)
    assert read.layers == built.layers
    assert [row.shape for row in network_table(read).rows] == [
        (4, 8, 10),
        (4, 8, 10),
        (4, 4, 5),
        (4, 8, 10),
        (10, 8, 10),
        (10, 8, 3),
    ]
    assert Network((2, 8, 10), read.layers).layers == read.layers


@pytest.mark.parametrize(
    ("line", "size", "shape", "parameters", "macs"),
    [
        ("conv 4 3 groups=2", (2, 9), (4, 7), 4 * (3 + 1), 4 * 7 * 3),
        ("conv 4 3x3x1", (2, 9, 9, 9), (4, 7, 7, 9), 4 * (2 * 9 + 1), 4 * 2 * 441 * 9),
        (
            "conv_transpose 4 3 stride=2 padding=1 output_padding=1",
            (2, 9),
            (4, 18),
            2 * 4 * 3 + 4,
            2 * 4 * 9 * 3,
        ),
        ("linear 5 bias=false", (7, 3), (7, 5), 15, 7 * 15),
        ("max_pool 3 stride=2 ceil_mode=true", (2, 6), (2, 3), 0, 0),
        ("avg_pool 2", (2, 6, 6), (2, 3, 3), 0, 0),
        ("adaptive_pool 3x1", (2, 7, 7), (2, 3, 1), 0, 0),
        ("upsample output_size=5", (2, 7, 7), (2, 5, 5), 0, 0),
        ("crop 5", (2, 7, 6), (2, 5, 5), 0, 0),
        ("norm", (6, 7), (6, 7), 12, 0),
        ("layer_norm bias=false", (6, 7), (6, 7), 7, 0),
        ("attention 2", (3, 8), (3, 8), 4 * 72, 2 * 64 * 6 + 2 * 9 * 8),
        ("embedding 10 4", (6,), (6, 4), 40, 0),
        ("rnn 4", (7, 3), (7, 4), 4 * (3 + 4 + 2), 7 * 4 * (3 + 4)),
        ("lstm 4 bias=false proj_size=2", (7, 3), (7, 2), 16 * (3 + 2) + 8, 7 * (16 * (3 + 2) + 8)),
        ("gru 4 bidirectional=true", (7, 3), (7, 8), 2 * 12 * (3 + 4 + 2), 7 * 2 * 12 * (3 + 4)),
        ("gru 4 num_layers=2", (7, 3), (7, 4), 12 * (3 + 4 + 2 + 4 + 4 + 2), 7 * 12 * (3 + 4 + 4 + 4)),
        ("unfold 3 stride=2", (2, 7, 6), (18, 6), 0, 0),
        ("fold 7x6 3 stride=2", (18, 6), (2, 7, 6), 0, 0),
        ("flatten", (2, 3, 4), (24,), 0, 0),
        ("add input", (2, 3), (2, 3), 0, 0),
        ("concat input", (2, 3), (4, 3), 0, 0),
        ("gelu", (2, 3), (2, 3), 0, 0),
    ],
)
def test_each_kind_by_hand(line, size, shape, parameters, macs):
    table = network_table(read_network(line, size))
    assert (table.output_size, table.parameters, table.cost) == (shape, parameters, macs)
    assert line.split()[0] in KINDS


def test_the_documented_kinds_are_all_kinds():
    rows = re.findall(r"^ *\| (`.*`) \| (.*) \| (.*) \|$", read_network.__doc__, flags=re.M)
    documented = {}
    for kinds, required, others in rows:
        for kind in re.findall(r"`(\w+)`", kinds):
            documented[kind] = (required.replace("–", ""), others.replace("–", ""))
    joins = dict.fromkeys(JOINS, ("names of layers", ""))
    known = {name: (" ".join(kind.required), " ".join(kind.optional)) for name, kind in KINDS.items()}
    assert documented == known | joins


def test_shared_weights_count_once_and_their_work_twice():
    text = "input 4x9; a: conv 4 3 padding=1; b: conv 4 3 padding=1 shares=a; c: conv 4 3 padding=1 shares=b"
    table = network_table(text)
    assert [row.parameters for row in table.rows] == [52, 0, 0]
    assert table.cost == 3 * conv_cost(9, 3, padding=1, in_channels=4, out_channels=4)
    with pytest.raises(ValueError, match=r"`shares` \(='a'\) has 52 parameters, and this layer needs 84"):
        network_table("input 4x9; a: conv 4 3; conv 4 5 shares=a")


def test_units_and_biases():
    text = "input 2x6; conv 3 3; conv 3 1 bias=false"
    assert network_table(text).cost == 3 * 4 * 2 * 3 + 3 * 3 * 4
    assert network_table(text, unit="flop").cost == 2 * network_table(text).cost
    assert network_table(text, count_bias=True).cost == network_table(text).cost + 3 * 4
    with pytest.raises(ValueError, match="`unit`"):
        network_table(text, unit="macs")


def test_biases_of_recurrent_layers_are_two_for_each_gate():
    text = "input 7x3; lstm 4 num_layers=2 bidirectional=true"
    assert network_table(text, count_bias=True).cost - network_table(text).cost == 7 * 2 * 2 * 4 * 4 * 2
    assert network_table(text, unit="flop").cost == 2 * network_table(text).cost


def test_memory_by_hand():
    """Input 20, a 40 and b 40 numbers: while b is made, a and the input are needed for the sum."""
    table = network_table("input 2x10; a: conv 4 1; b: relu; conv 2 1; add input; flatten")
    assert table.memory("float16") == {
        "parameters": 2 * (12 + 10),
        "forward": 2 * (20 + 40 + 40),
        "backward": 2 * (20 + 40 + 40 + 20 + 20 + 20),
    }
    assert network_table("input 2x10; conv 4 1; relu").memory()["forward"] == 4 * (40 + 40)
    with pytest.raises(ValueError, match=r"`dtype` \(='float8'\) is unknown"):
        table.memory("float8")


def test_the_table_for_people_and_for_programs():
    table = network_table("input 1x28x28; conv 8 5 stride=3; flatten; linear 1000")
    assert table.text.split("\n") == [
        "layer     kind     output   parameters     MACs",
        "input              1x28x28",
        "conv1     conv     8x8x8           208   12,800",
        "flatten2  flatten  512               0        0",
        "linear3   linear   1000        513,000  512,000",
        "total                          513,208  524,800",
    ]
    data = json.loads(json.dumps(table.data))
    assert data["layers"][0] == {
        "name": "conv1",
        "kind": "conv",
        "inputs": ["input"],
        "shape": [8, 8, 8],
        "parameters": 208,
        "cost": 12800,
    }
    assert (data["parameters"], data["cost"], data["unit"]) == (513_208, 524_800, "mac")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("conv 8 3; add input", "layer `add2` (add) cannot take (8, 6, 6) and (3, 8, 8): `shapes`"),
        (
            "conv 8 3; add input",
            "crop the one of (8, 8) to 6x6, or give its path the stride that leads there",
        ),
        ("conv 8 3 padding=1; add input", "put a conv 8 1 behind the one of 3 channels"),
        ("flatten; add input", "pass inputs with the same number of axes"),
        ("conv 8 3; concat input", "must be equal but for the channels"),
        (
            "conv 8 9",
            "layer `conv1` (conv) cannot take (3, 8, 8): `kernel_size` (=9) with dilation 1 spans 9",
        ),
        (
            "conv 8 3 in_channels=4",
            "`in_channels` (=4) must be the 3 channels of (3, 8, 8); pass in_channels=3",
        ),
        (
            "linear 4 in_features=192",
            "`in_features` (=192) must be the last axis of (3, 8, 8), 8; put a flatten before",
        ),
        ("flatten; linear 4 in_features=200", "pass in_features=192"),
        ("flatten; conv 4 3", "must be channels first, then a size; pass an input of 2 axes or more"),
        ("crop 9", "`output_size` (=9) must be at most the 8 there are"),
        ("attention 2", "must be (length, features)"),
        ("lstm 2", "must be (length, features)"),
        ("flatten; fold 4 2", "must be rows and columns"),
        ("unfold 9", "`kernel_size` (=9) with dilation 1 spans 9"),
        ("wool 3", "`line` (='wool 3') names no kind of layer; choose among adaptive_pool"),
        ("conv 8", "`kind` (='conv') of layer `conv1` needs kernel_size; pass out_channels kernel_size"),
        ("conv 8 3 1", "has more plain values than ['out_channels', 'kernel_size']"),
        ("conv 8 3 strid=2", "`argument` (='strid') is unknown to layer `conv1` (conv)"),
        ("conv 8 3 from=stem", "`inputs` (='stem') of layer `conv1` is no layer before it"),
        ("relu from=input,input", "must be one; join them with add or concat before"),
        ("a: relu; a: relu", "`name` (='a') of layer 2 is taken"),
        ("conv 8 three", "`kernel_size` (='three') must be an int"),
        ("conv 8 ²", "`kernel_size` (='²') must be an int"),
    ],
)
def test_an_impossible_step_names_layer_shapes_and_fix(text, words):
    with pytest.raises((ValueError, TypeError)) as caught:
        network_table(text, (3, 8, 8))
    assert words in str(caught.value)


def test_bad_networks():
    with pytest.raises(ValueError, match="has no line with the shape of the input; begin with"):
        read_network("conv 8 3")
    with pytest.raises(ValueError, match=r"`line` \(='input 3x4 5'\) is unknown"):
        read_network("input 3x4 5")
    with pytest.raises(TypeError, match="`text`"):
        read_network(3)
    with pytest.raises(TypeError, match=r"`input_size` \(=3\) must be the shape of one example"):
        Network(3, [])
    with pytest.raises(ValueError, match=r"`kind` \(=None\) of layer 1 is unknown"):
        Network((3,), [{}])
    with pytest.raises(TypeError, match=r"`layers` \(=\('relu',\)\) must be a list of dicts; pass e.g."):
        Network((3,), ("relu",))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: network_table(3), r"`network` \(='int'\) must be a Network; pass e.g. read_network"),
        (lambda: to_torch("relu"), r"`network` \(='str'\) must be a Network; pass e.g. read_network"),
        (
            lambda: network_table("input 3x4; relu", 3),
            r"`input_size` \(=3\) must be the shape of one example",
        ),
        (
            lambda: network_table("input 3x4; relu", count_bias=1),
            r"`count_bias` \(=1\) must be True or False",
        ),
        (lambda: receptive_field([3]), r"`layers` \(=\[3\]\) must be a list of dicts"),
    ],
)
def test_wrong_types_are_told(call, words):
    with pytest.raises(TypeError, match=words):
        call()


def test_a_value_in_an_error_keeps_its_letters():
    with pytest.raises(ValueError, match=r"`name` \(='größe\\n'\) is no ready network"):
        ready_network("größe\n")
    with pytest.raises(ValueError, match=r"`limits` \(='tiefe'\) names no argument"):
        solve_conv(3, 4, limits={"tiefe": 1})
    with pytest.raises(ValueError, match=r"`size` \(=\(\)\) must be one int"):
        conv_output_size((), 3)


def test_layers_that_are_alike_are_counted_and_derived_each():
    network = "input 8x9x9; conv 8 3 padding=1; conv 8 3 padding=1; conv 8 3"
    table = network_table(network)
    assert [row.shape for row in table.rows] == [(8, 9, 9), (8, 9, 9), (8, 7, 7)]
    assert [row.parameters for row in table.rows] == [584] * 3
    derived = {step["layer"] for step in derive(network_table, network).data}
    assert derived == {"conv1", "conv2", "conv3"}
