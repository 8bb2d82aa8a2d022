"""Parameter counts and refusals beside torch's modules, over drawn arguments."""

import pytest
import torch
from drawing import agree_always

from reference_impl import shapes


def count(module):
    return sum(parameter.numel() for parameter in module.parameters())


def convolution(draw, transposed=""):
    channels, filters = draw.keep("channels", (draw.rng.randint(1, 6), draw.rng.randint(1, 6)))
    kernel, bias = draw.given("kernel_size", 1, 4), draw.rng.random() < 0.5
    groups = draw.keep("groups", draw.rng.choice([1, 1, 2, 3]))
    ours = shapes.conv_transpose_parameters if transposed else shapes.conv_parameters
    layer = getattr(torch.nn, f"Conv{transposed}{draw.dimensions}d")
    return (
        lambda: ours(channels, filters, kernel, groups=groups, bias=bias, dimensions=draw.dimensions),
        lambda: count(layer(channels, filters, kernel, groups=groups, bias=bias, device="meta")),
    )


def transposed_convolution(draw):
    return convolution(draw, "Transpose")


def attention(draw):
    width, heads = draw.keep("widths", (draw.rng.randint(1, 12), draw.rng.randint(1, 3)))
    options = {
        "kdim": draw.rng.choice([None, draw.rng.randint(1, 9)]),
        "vdim": draw.rng.choice([None, draw.rng.randint(1, 9)]),
        "bias": draw.rng.random() < 0.5,
        "add_bias_kv": draw.rng.random() < 0.5,
    }
    draw.keep("options", options)
    return (
        lambda: shapes.attention_parameters(width, heads, **options),
        lambda: count(Attention(width, heads, **options, device="meta")),
    )


class Attention(torch.nn.MultiheadAttention):
    """Torch's attention, which asserts where its other layers raise."""

    def __init__(self, width, heads, **options):
        try:
            super().__init__(width, heads, **options)
        except AssertionError as error:
            raise ValueError(str(error)) from error


def recurrent(draw):
    mode = draw.keep("mode", draw.rng.choice(["RNN", "GRU", "LSTM"]))
    inputs, hidden = draw.keep("sizes", (draw.rng.randint(1, 5), draw.rng.randint(1, 5)))
    options = {
        "num_layers": draw.rng.randint(1, 3),
        "bias": draw.rng.random() < 0.5,
        "bidirectional": draw.rng.random() < 0.5,
    }
    if draw.rng.random() < 0.5:
        options["proj_size"] = draw.rng.randint(int(mode != "LSTM"), 4)
    draw.keep("options", options)
    return (
        lambda: shapes.rnn_parameters(inputs, hidden, mode=mode, **options),
        lambda: count(getattr(torch.nn, mode)(inputs, hidden, **options, device="meta")),
    )


CASES = [(convolution, 0.02), (transposed_convolution, 0.02), (attention, 0.02), (recurrent, 0.02)]


@pytest.mark.parametrize(("case", "share"), CASES, ids=[case.__name__ for case, _ in CASES])
def test_the_count_is_torchs_or_both_refuse(case, share):
    agree_always(case, seed=1, share=share)


@pytest.mark.parametrize("bias", [True, False])
def test_dense_norm_and_embedding(bias):
    nn = torch.nn
    assert shapes.linear_parameters(7, 5, bias=bias) == count(nn.Linear(7, 5, bias=bias))
    assert shapes.norm_parameters((3, 4), bias=bias) == count(nn.LayerNorm((3, 4), bias=bias))
    assert shapes.norm_parameters(6, affine=bias) == count(nn.BatchNorm1d(6, affine=bias))
    assert shapes.norm_parameters(6, bias=False) == count(nn.RMSNorm(6))
    assert shapes.norm_parameters(6) == count(nn.GroupNorm(3, 6))
    assert shapes.embedding_parameters(9, 4) == count(nn.Embedding(9, 4))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: shapes.conv_parameters(3, 4, 3, groups=2),
            "`in_channels` (=3) must be divisible by groups (2); pass e.g. in_channels=2 or groups=1",
        ),
        (
            lambda: shapes.conv_parameters(4, 3, 3, groups=2),
            "`out_channels` (=3) must be divisible by groups (2)",
        ),
        (lambda: shapes.conv_parameters(4, 3, 3, dimensions=4), "`dimensions` (=4) must be at most 3"),
        (lambda: shapes.linear_parameters(0, 3), "`in_features` (=0) must be at least 1"),
        (lambda: shapes.norm_parameters(()), "`shape` (=()) must not be empty"),
        (
            lambda: shapes.attention_parameters(12, 5),
            "`embed_dim` (=12) must be divisible by num_heads (5); pass e.g. num_heads=4",
        ),
        (
            lambda: shapes.rnn_parameters(3, 4, mode="lstm"),
            "`mode` (='lstm') is unknown; choose 'RNN', 'LSTM' or 'GRU'",
        ),
        (
            lambda: shapes.rnn_parameters(3, 4, mode="LSTM", proj_size=4),
            "must be smaller than hidden_size (4)",
        ),
        (lambda: shapes.conv_parameters(3, 4, 10**30), "must be below 2**63"),
    ],
)
def test_errors_name_argument_value_rule_and_fix(call, words):
    with pytest.raises(ValueError, match="; ") as caught:
        call()
    assert words in str(caught.value)


def test_derivations_of_counts():
    found = shapes.derive(shapes.conv_parameters, 6, 64, (7, 5), groups=2)
    assert found.text == "64·(6/2·7·5+1) = 6784"
    assert found.data[0]["formula"] == "F·(C/g·K₁·K₂+b)"
    assert found.latex == r"64 \cdot \left(\frac{6}{2} \cdot 7 \cdot 5 + 1\right) = 6784"
    assert shapes.derive(shapes.linear_parameters, 30, 7).text == "7·(30+1) = 217"
    assert shapes.derive(shapes.rnn_parameters, 10, 6, num_layers=3).text.split("\n")[2] == "108 + 2·84 = 276"
