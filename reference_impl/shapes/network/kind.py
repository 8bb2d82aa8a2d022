"""What is known of one kind of layer."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.arguments import refuse


class Kind:
    """What is known of one kind of layer.

    Args:
        required: names of the arguments that must be given, in the order in which the text form has them.
        optional: the other arguments with their defaults, torch's.
        shape: computes the output shape from the input shapes and the arguments.
        parameters: computes the number of parameters from the same, or None.
        cost: computes the operations from the same, the way of counting and the output shape, or None.
    """

    def __init__(
        self,
        required: list[str],
        optional: dict[str, Any],
        shape: Any,
        parameters: Any = None,
        cost: Any = None,
    ) -> None:
        self.required, self.optional = required, optional
        self.shape, self.parameters, self.cost = shape, parameters, cost


def only_shape(shapes: list[Any], least: int, form: str) -> Any:
    """Give the one input shape, once it is seen to have enough axes."""
    if len(shapes[0]) < least:
        refuse("shape", shapes[0], f"must be {form}", f"pass an input of {least} axes or more")
    return shapes[0]


def picked(given: dict[str, Any], names: str) -> dict[str, Any]:
    """Give the arguments of these names."""
    return {name: given[name] for name in names.split(" ")}


def with_bias(given: dict[str, Any], counted: dict[str, Any]) -> dict[str, Any]:
    """Give the way of counting; a layer without bias has none to count."""
    return counted | {"count_bias": counted["count_bias"] and given["bias"]}


def with_channels(channels: int, size: Any) -> Any:
    """Give the shape of channels and a size."""
    result = [channels]
    result.extend(size)
    return tuple(result)
