"""Commands about single layers."""

from reference_impl import shapes
from reference_impl.shapes.annotations import Any
from reference_impl.shapes.cli.answers import Answer, explained, named
from reference_impl.shapes.cli.words import read_numbers, read_shape, window_arguments, written


def conv(options: Any) -> Answer:
    """Answer for a convolution or a transposed one."""
    channels, size = read_shape(options.shape)
    given, filters, groups = (
        window_arguments(options),
        read_numbers(options.out),
        read_numbers(options.groups),
    )
    extra = {}
    calculators: tuple[Any, Any, Any] = (shapes.conv_output_size, shapes.conv_parameters, shapes.conv_cost)
    if options.command == "conv-transpose":
        extra["output_padding"] = read_numbers(options.output_padding)
        calculators = (
            shapes.conv_transpose_output_size,
            shapes.conv_transpose_parameters,
            shapes.conv_transpose_cost,
        )
    dimensions = len(size) if isinstance(size, tuple) else 1
    counted = {"groups": groups, "bias": not options.no_bias, "dimensions": dimensions}
    found = [
        shapes.derive(calculators[0], size, **given, **extra),
        shapes.derive(calculators[1], channels, filters, given["kernel_size"], **counted),
        shapes.derive(
            calculators[2], size, **given, **extra, in_channels=channels, out_channels=filters, groups=groups
        ),
    ]
    found[2].steps = found[2].steps[-1:]
    output = (filters, *(found[0].result if isinstance(size, tuple) else (found[0].result,)))
    return named(options, {"output": output, "parameters": found[1].result, "macs": found[2].result}, found)


def pool(options: Any) -> Answer:
    """Answer for a pooling."""
    channels, size = read_shape(options.shape)
    found = shapes.derive(shapes.pool_output_size, size, **window_arguments(options), ceil_mode=options.ceil)
    output = (channels, *(found.result if isinstance(size, tuple) else (found.result,)))
    return named(options, {"output": output}, [found])


def solve(options: Any) -> Answer:
    """Answer which arguments lead from one size to another."""
    solvers: dict[str, Any] = {
        "conv": shapes.solve_conv,
        "conv-transpose": shapes.solve_conv_transpose,
        "pool": shapes.solve_pool,
    }
    limits = {}
    for limit in options.limit:
        name, _, most = limit.partition("=")
        limits[name] = read_numbers(most)
    size, wanted = map(read_numbers, options.sizes)
    found: Any = solvers[options.layer](size, wanted, **window_arguments(options), limits=limits)
    data = {"options": found.options, "nearest": found.nearest, "searched": found.searched}
    lines = ["  ".join(f"{name}={value}" for name, value in option.items()) for option in found.options]
    if not lines:
        nearest = ", ".join(map(written, found.nearest)) or "none"
        lines = [f"no solution within the limits; sizes that come nearest: {nearest}"]
    if options.explain:
        lines += [
            "",
            "searched: " + "  ".join(f"{name}={_range(value)}" for name, value in found.searched.items()),
        ]
    return data, "\n".join(lines), bool(found.options)


def _range(value: Any) -> str:
    return f"{value[0]}..{value[1]}" if isinstance(value, tuple) else str(value)


def inputs(options: Any) -> Answer:
    """Answer which inputs give an output."""
    found = shapes.derive(shapes.inputs_for, read_numbers(options.size), **window_arguments(options))
    lists = found.result if isinstance(found.result, tuple) else (found.result,)
    lines = []
    for at, pairs in enumerate(lists):
        prefix = f"dimension {at + 1}: " if len(lists) > 1 else ""
        words = [f"{size} (undone with output_padding={extra})" for size, extra in pairs]
        lines.append(prefix + (", ".join(words) or "no input"))
    if not options.explain:
        return found.result, "\n".join(lines), all(lists)
    data, text, _ = explained(options, {"inputs": found.result}, lines, [found])
    return data, text, all(lists)


def frames(options: Any) -> Answer:
    """Answer how many frames a recording has."""
    numbers = [read_numbers(word) for word in (options.duration, options.window, options.hop)]
    found = shapes.derive(
        shapes.frame_count, numbers[0], window_ms=numbers[1], hop_ms=numbers[2], center=options.center
    )
    return named(options, {"frames": found.result}, [found])
