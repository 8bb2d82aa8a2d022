"""Reading a network from its text form."""

from reference_impl.shapes.arguments import refuse
from reference_impl.shapes.network.spec import Network, read_layers

SHOWN = 40


def read_network(text: str, input_size: tuple[int, ...] | None = None) -> Network:
    r"""Read a network from its text form.

    One layer a line, or between semicolons: an optional name with a colon, the kind, its required arguments in order,
    then the others as `name=value`. Sizes are written `3x224x224`, paddings before and after `1,2x0,1`. `from=name`
    takes another input than the line before; `add name` and `concat name` join the line before with the named ones;
    `shares=name` uses another layer's weights; `#` starts a comment. A `conv 64 3` has $9 \cdot 64$ weights for each
    input channel of an image.

    | kind | required, in order | others |
    | --- | --- | --- |
    | `conv` | out_channels kernel_size | stride padding dilation groups bias in_channels |
    | `conv_transpose` | out_channels kernel_size | stride padding dilation groups bias in_channels output_padding |
    | `max_pool` | kernel_size | stride padding ceil_mode dilation |
    | `avg_pool` | kernel_size | stride padding ceil_mode |
    | `adaptive_pool` | output_size | – |
    | `upsample` | – | scale_factor output_size |
    | `crop` | output_size | – |
    | `unfold` | kernel_size | stride padding dilation |
    | `fold` | output_size kernel_size | stride padding dilation |
    | `linear` | out_features | bias in_features |
    | `norm` | – | affine |
    | `layer_norm` | – | affine bias |
    | `attention` | num_heads | bias |
    | `embedding` | num_embeddings embedding_dim | – |
    | `rnn` | hidden_size | num_layers bias bidirectional |
    | `lstm` | hidden_size | num_layers bias bidirectional proj_size |
    | `gru` | hidden_size | num_layers bias bidirectional |
    | `flatten` | – | – |
    | `add`, `concat` | names of layers | – |
    | `identity`, `relu`, `relu6`, `leaky_relu`, `gelu`, `sigmoid`, `tanh`, `softmax`, `dropout` | – | – |

    Args:
        text: The text form.
        input_size: The shape of one example, in place of the line `input`.

    Returns:
        A [Network][reference_impl.shapes.Network].

    Raises:
        ValueError: If a line is not understood, or the shape of the input is missing.
        TypeError: If something has the wrong type.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import network_table, read_network
        >>> network = read_network("input 4x9; first: conv 4 3 padding=1; conv 4 3 padding=1 shares=first; add input")
        >>> [layer["inputs"] for layer in network.layers]
        [['input'], ['first'], ['conv2', 'input']]
        >>> shared, x = torch.nn.Conv1d(4, 4, 3, padding=1), torch.zeros(1, 4, 9)
        >>> tuple(shared(shared(x)).add(x).shape), sum(weight.numel() for weight in shared.parameters())
        ((1, 4, 9), 52)
        >>> table = network_table(network)
        >>> table.output_size, table.parameters, table.cost  # 4 * (4*3 + 1), 2 * 4*9 * 4*3
        ((4, 9), 52, 864)

    Source:
        The names of kinds and arguments are those of `torch.nn`.
    """
    if not isinstance(text, str):
        refuse("text", text, "must be a string", "pass e.g. 'input 3x32x32; conv 8 3'", TypeError)
    size, layers = read_layers(text)
    if input_size is None and size is None:
        refuse(
            "text", text[:SHOWN], "has no line with the shape of the input", "begin with e.g. input 3x224x224"
        )
    return Network(size if input_size is None else input_size, layers)
