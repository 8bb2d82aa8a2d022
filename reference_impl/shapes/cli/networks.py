"""Commands about networks and about error messages."""

import sys

from reference_impl import shapes
from reference_impl.shapes.annotations import Any
from reference_impl.shapes.cli.answers import Answer, explained, named
from reference_impl.shapes.cli.words import WrongUse, read_numbers


def net(options: Any) -> Answer:
    """Answer with the table of a network."""
    from reference_impl.shapes.network.ready import READY

    size = read_numbers(options.input) if options.input else None
    if size is not None and not isinstance(size, tuple):
        size = (size,)
    if options.network in READY:
        network = shapes.ready_network(options.network, size)
    elif options.network == "-":
        network = shapes.read_network(sys.stdin.read(), size)
    else:
        network = shapes.read_network(_file(options.network, sorted(READY)), size)
    unit = "flop" if options.flops else "mac"
    found = []
    if options.explain:
        found.append(shapes.derive(shapes.network_table, network, unit=unit, count_bias=options.bias))
    table = found[0].result if found else shapes.network_table(network, unit=unit, count_bias=options.bias)
    memory = [f"memory, float32: {name} {count:,} bytes" for name, count in table.memory().items()]
    return explained(options, table.data, [table.text, "", *memory], found)


def _file(path: str, ready: list[str]) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        names = ", ".join(ready)
        raise WrongUse(f"`{path}` is no file and no ready network; choose among {names}") from None
    except UnicodeDecodeError:
        raise WrongUse(f"`{path}` is no text in UTF-8; write the network in the text form") from None


def receptive_field(options: Any) -> Answer:
    """Answer with the receptive field of a chain of layers."""
    dimensions = read_numbers(options.dimensions)
    found = shapes.derive(shapes.receptive_field, options.layers, dimensions=dimensions)
    field = found.result
    return named(options, {"size": field.size, "jump": field.jump, "offset": field.offset}, [found])


def explain(options: Any) -> Answer:
    """Answer what a message means."""
    found = shapes.explain_error(sys.stdin.read() if options.message == "-" else options.message)
    if found is None:
        return None, "no known message of torch about shapes", False
    numbers = [{"value": value, "meaning": meaning} for value, meaning in found.numbers]
    data = {"name": found.name, "numbers": numbers, "cause": found.cause, "fix": found.fix}
    if not options.explain:
        return data, found.text, True
    return data | {"message": found.message}, f"{found.text}\n\nrecognised: {found.message}", True
