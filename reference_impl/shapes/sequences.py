"""Parameter counts of attention and recurrent layers."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.arguments import flag, refuse, whole
from reference_impl.shapes.derivation import evaluate

GATES = {"RNN": 1, "GRU": 3, "LSTM": 4}


def attention_parameters(
    embed_dim: int,
    num_heads: int = 1,
    *,
    kdim: int | None = None,
    vdim: int | None = None,
    bias: bool = True,
    add_bias_kv: bool = False,
) -> int:
    r"""Count the parameters of multi-head attention.

    Queries and the output have $E$ numbers, keys $E_k$, values $E_v$, with $b = 1$ bias for each of four maps or none,
    and $v = 1$ if a learned key and value are added:

    $$E (E + E_k + E_v + E + 4b + 2v)$$

    Args:
        embed_dim: The length $E$ of queries and outputs.
        num_heads: The number of heads. It divides `embed_dim`, and changes nothing in the count.
        kdim: The length $E_k$ of keys; `embed_dim` by default.
        vdim: The length $E_v$ of values; `embed_dim` by default.
        bias: Whether the four maps have biases.
        add_bias_kv: Whether a learned key and value are added to the sequence.

    Returns:
        The number of parameters.

    Raises:
        ValueError: If a number is out of range, or the heads do not divide `embed_dim`.
        TypeError: If something is not an int.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import attention_parameters
        >>> layer = torch.nn.MultiheadAttention(12, 4, kdim=5, vdim=7, add_bias_kv=True)
        >>> sum(parameter.numel() for parameter in layer.parameters())
        504
        >>> attention_parameters(12, 4, kdim=5, vdim=7, add_bias_kv=True)  # 12 * (12 + 5 + 7 + 12 + 4 + 2)
        504
        >>> attention_parameters(13), attention_parameters(13, bias=False)  # 13 * (4*13 + 4), 13 * 4*13
        (728, 676)

    Source:
        Vaswani et al., [Attention is all you need](https://arxiv.org/abs/1706.03762), NeurIPS 2017; the shapes of
        `torch.nn.MultiheadAttention`.
    """
    width, heads = whole("embed_dim", embed_dim), whole("num_heads", num_heads)
    if width % heads:
        fix = f"pass e.g. num_heads={_largest_divisor(width, heads)}"
        refuse("embed_dim", width, f"must be divisible by num_heads ({heads})", fix)
    keys = width if kdim is None else whole("kdim", kdim)
    values = width if vdim is None else whole("vdim", vdim)
    extras = int(flag("bias", bias)), int(flag("add_bias_kv", add_bias_kv))
    return evaluate("parameters", _attention, "E Eₖ Eᵥ b v", width, keys, values, *extras)


def _largest_divisor(number: int, most: int) -> int:
    return max([divisor for divisor in range(1, min(most, 4096) + 1) if number % divisor == 0])


def _attention(width: int, keys: int, values: int, bias: int, added: int) -> int:
    return width * (width + keys + values + width + 4 * bias + 2 * added)


def rnn_parameters(
    input_size: int,
    hidden_size: int,
    *,
    mode: str = "RNN",
    num_layers: int = 1,
    bias: bool = True,
    bidirectional: bool = False,
    proj_size: int = 0,
) -> int:
    r"""Count the parameters of a recurrent network.

    With $G$ gates (one in a plain network, 3 in a GRU, 4 in an LSTM), $b = 1$ pair of biases or none, and states of
    $R$ numbers ($H$, or the projection's size), a layer with $C$ inputs has in each direction

    $$G H (C + R + 2b) \;+\; R H \text{ for a projection}.$$

    The first layer has `input_size` inputs, each further one the states of both directions.

    Args:
        input_size: The number of inputs of the first layer.
        hidden_size: The number $H$ of hidden units.
        mode: `"RNN"`, `"LSTM"` or `"GRU"`.
        num_layers: The number of layers.
        bias: Whether there are biases; torch has two for each gate.
        bidirectional: Whether there is a second network that runs backwards.
        proj_size: The size $R$ to which an LSTM's output is projected; 0 for none.

    Returns:
        The number of parameters.

    Raises:
        ValueError: If a number is out of range, `mode` is unknown, or a projection is not smaller than the LSTM.
        TypeError: If something is not an int.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import rnn_parameters
        >>> layer = torch.nn.LSTM(10, 6, num_layers=2, bidirectional=True, proj_size=5)
        >>> sum(parameter.numel() for parameter in layer.parameters())
        1752
        >>> rnn_parameters(10, 6, mode="LSTM", num_layers=2, bidirectional=True, proj_size=5)
        1752
        >>> rnn_parameters(10, 6), rnn_parameters(10, 6, mode="GRU", bias=False)  # 6 * (10 + 6 + 2), 3*6 * (10 + 6)
        (108, 288)

    Source:
        The shapes of `torch.nn.RNN`, `torch.nn.GRU` and `torch.nn.LSTM`.
    """
    if not isinstance(mode, str) or mode not in GATES:
        refuse("mode", mode, "is unknown", "choose 'RNN', 'LSTM' or 'GRU'")
    inputs, hidden = whole("input_size", input_size), whole("hidden_size", hidden_size)
    state = whole("proj_size", proj_size, 0) or hidden
    if proj_size and (mode != "LSTM" or proj_size >= hidden):
        rule = f"is for an LSTM alone, and must be smaller than hidden_size ({hidden})"
        refuse("proj_size", proj_size, rule, "pass proj_size=0")
    ways = 1 + flag("bidirectional", bidirectional)
    pairs, projected = int(flag("bias", bias)), int(proj_size > 0)
    numbers = ways, GATES[mode], hidden, state, pairs, projected
    total = evaluate("first layer", _layer, "d G H R b p C", *numbers, inputs)
    further = whole("num_layers", num_layers) - 1
    if not further:
        return total
    each = evaluate("each further layer", _layer, "d G H R b p C", *numbers, ways * state)
    return evaluate("parameters", _stacked, "N₁ L N", total, further, each)


def _layer(ways: int, gates: int, hidden: int, state: int, bias: int, projected: int, inputs: int) -> int:
    return ways * (gates * hidden * (inputs + state + 2 * bias) + projected * state * hidden)


def _stacked(first: int, further: int, each: int) -> int:
    return first + further * each


def rnn_cost(
    length: int,
    input_size: int,
    hidden_size: int,
    *,
    mode: str,
    num_layers: int,
    bias: bool,
    bidirectional: bool,
    proj_size: int = 0,
    unit: str,
    count_bias: bool,
) -> int:
    """Count the operations of a recurrent network whose arguments are checked: each weight once for each step."""
    numbers: dict[str, Any] = {
        "mode": mode,
        "num_layers": num_layers,
        "bidirectional": bidirectional,
        "proj_size": proj_size,
    }
    weights = rnn_parameters(input_size, hidden_size, bias=False, **numbers)
    added = rnn_parameters(input_size, hidden_size, bias=True, **numbers) - weights if count_bias else 0
    return evaluate("operations", _each_step, "T u w b", length, 2 if unit == "flop" else 1, weights, added)


def _each_step(length: int, each: int, weights: int, added: int) -> int:
    return length * (each * weights + added)
