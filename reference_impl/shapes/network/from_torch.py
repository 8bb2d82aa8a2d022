"""The spec of a live torch model. Torch is the caller's: it is loaded already, and nothing is imported here."""

import sys

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.arguments import refuse
from reference_impl.shapes.network.spec import Network, input_shape
from reference_impl.shapes.network.torch_layers import kind_of, layer_of
from reference_impl.shapes.network.trace import Trace


def from_torch(module: Any, input_size: tuple[int, ...]) -> Network:
    r"""Make the spec of a live torch module.

    The module is traced by `torch.fx`, so that branches, sums, concatenations and shared layers are found; a dense
    layer that stands twice counts its $M (C + b)$ parameters once. A slice that keeps the middle of an image is a
    `crop`, and its borders may be computed from shapes.

    Args:
        module: A `torch.nn.Module`.
        input_size: The shape of one example, without the batch.

    Returns:
        A [Network][reference_impl.shapes.Network].

    Raises:
        ValueError: If the module does something that no layer of a network does.
        TypeError: If `module` is no torch module.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import from_torch, network_table
        >>> nn = torch.nn
        >>> model = nn.Sequential(nn.Conv2d(3, 4, (3, 2), stride=2), nn.ReLU(), nn.Flatten(), nn.Linear(48, 5))
        >>> network = from_torch(model, (3, 8, 9))
        >>> [layer["kind"] for layer in network.layers]
        ['conv', 'relu', 'flatten', 'linear']
        >>> table = network_table(network)
        >>> table.parameters == sum(weight.numel() for weight in model.parameters()), table.parameters
        (True, 321)
        >>> network_table(from_torch(nn.Linear(4, 2), (4,))).parameters  # 2 * (4 + 1)
        10

    Source:
        Reed et al., [torch.fx](https://arxiv.org/abs/2112.08429), MLSys 2022.
    """
    torch = sys.modules.get("torch")
    if torch is None or not isinstance(module, torch.nn.Module):
        refuse(
            "module",
            type(module).__name__,
            "must be a torch.nn.Module",
            "pass e.g. torch.nn.Linear(3, 4)",
            TypeError,
        )
    if kind_of(module):  # which fx would open
        return Network(input_size, [layer_of(module, module)])
    trace = Trace(module, input_shape(input_size))
    for node in torch.fx.symbolic_trace(module).graph.nodes:
        trace.read(node)
    return Network(input_size, trace.layers)
