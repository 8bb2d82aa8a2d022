"""The command line: `shapecalc`."""

import argparse
import json
import sys

from reference_impl import shapes
from reference_impl.shapes.annotations import Any
from reference_impl.shapes.network.ready import READY

DESCRIPTION = """Sizes, parameters and costs of layers and networks, in torch's terms.

Shapes are written 3x224x224: channels first, then the size. An argument for each dimension is written 3x5,
a padding before and after 1,2 or, for each dimension, 1,2x0,1."""
EPILOG = """examples:
  shapecalc conv 3x224x224 --out 64 --kernel 7 --stride 2 --padding 3
  shapecalc conv-transpose 64x16x16 --out 32 --kernel 4 --stride 2 --padding 1 --explain
  shapecalc pool 64x112x112 --kernel 3 --stride 2 --padding 1 --ceil
  shapecalc solve conv 32 16 --kernel 4
  shapecalc inputs 4 --kernel 3 --stride 2 --padding 1
  shapecalc net resnet50 --input 3x224x224
  shapecalc net my.txt --flops
  shapecalc rf 'conv 64 7 stride=2; max_pool 3 stride=2; conv 64 3'
  shapecalc frames 1000
  shapecalc explain 'mat1 and mat2 shapes cannot be multiplied (4x7 and 10x3)'

exit codes: 0 a result, 1 no solution, 2 wrong use"""


UNEXPLAINED = ("explain", "inputs", "net", "rf")


class WrongUse(Exception):
    """An argument that cannot be read."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line, and return its exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        data, text, found = COMMANDS[options.command](options)
    except (ValueError, TypeError, WrongUse, OSError) as error:
        print(f"shapecalc: {error}", file=sys.stderr)
        return 2
    print(json.dumps(data, ensure_ascii=False) if options.json else text)
    return 0 if found else 1


def _parser() -> argparse.ArgumentParser:
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        "shapecalc", description=DESCRIPTION, epilog=EPILOG, formatter_class=layout
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, words in (
        ("conv", "output, parameters and multiply-adds of a convolution"),
        ("conv-transpose", "the same of a transposed convolution"),
        ("pool", "output of a pooling"),
    ):
        command = _command(commands, name, words)
        command.add_argument("shape", help="channels and size, such as 3x224x224")
        if name != "pool":
            command.add_argument("--out", required=True, help="the number of output channels")
            command.add_argument("--groups", default="1")
            command.add_argument("--no-bias", action="store_true")
        _window(command, required=True)
        if name == "conv-transpose":
            command.add_argument("--output-padding", default="0")
        if name == "pool":
            command.add_argument("--ceil", action="store_true", help="count an incomplete window at the end")
    solve = _command(commands, "solve", "arguments that lead from one size to another")
    solve.add_argument("layer", choices=["conv", "conv-transpose", "pool"])
    solve.add_argument(
        "sizes", nargs=2, metavar="SIZE", help="input and output, such as 32 16 or 32x32 16x16"
    )
    _window(solve, required=False)
    solve.add_argument(
        "--limit", action="append", default=[], metavar="NAME=MOST", help="such as kernel_size=11"
    )
    inputs = _command(commands, "inputs", "input sizes of a convolution that give an output size")
    inputs.add_argument("size", help="the output size")
    _window(inputs, required=True)
    net = _command(commands, "net", "the table of a network")
    net.add_argument("network", help="a ready network, a file in the text form, or - for standard input")
    net.add_argument("--input", help="the shape of one example")
    net.add_argument("--flops", action="store_true", help="count operations, two for each multiply-add")
    net.add_argument("--bias", action="store_true", help="count the additions of biases")
    field = _command(commands, "rf", "the receptive field of a chain of layers or a network")
    field.add_argument("layers", help="layers in the text form, with semicolons between")
    field.add_argument("--dimensions", default="1")
    frames = _command(commands, "frames", "the frames of a recording")
    frames.add_argument("duration", help="in milliseconds")
    frames.add_argument("--window", default="25", help="in milliseconds")
    frames.add_argument("--hop", default="10", help="in milliseconds")
    frames.add_argument("--center", action="store_true", help="centre the frames, as torch.stft does")
    explain = _command(commands, "explain", "what an error message of torch about shapes means")
    explain.add_argument("message", nargs="?", default="-", help="the message; without it, standard input")
    return parser


def _command(commands: Any, name: str, words: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
    command.add_argument("--json", action="store_true", help="print JSON for programs")
    if name not in UNEXPLAINED:
        command.add_argument("--explain", action="store_true", help="print the arithmetic as well")
    return command


def _window(command: argparse.ArgumentParser, required: bool) -> None:
    command.add_argument("--kernel", required=required)
    for name in ("stride", "padding", "dilation"):
        command.add_argument(f"--{name}")


def _numbers(word: str) -> Any:
    """Read a number, numbers joined by x, or pairs of them."""
    if word in ("same", "valid"):
        return word
    try:
        parts: list[Any] = [
            tuple(map(int, part.split(","))) if "," in part else int(part) for part in word.split("x")
        ]
    except ValueError:
        raise WrongUse(f"`{word}` is no number and no size; write e.g. 3 or 3x224x224") from None
    return tuple(parts) if len(parts) > 1 or "," in word else parts[0]


def _shape(word: str) -> tuple[int, Any]:
    """Read channels and size; a size of one dimension is an int."""
    shape = _numbers(word)
    if not isinstance(shape, tuple) or len(shape) < 2:
        raise WrongUse(f"`{word}` must be channels and a size; write e.g. 3x224x224")
    return shape[0], shape[1] if len(shape) == 2 else shape[1:]


def _given(options: argparse.Namespace) -> dict[str, Any]:
    names = {"kernel": "kernel_size", "stride": "stride", "padding": "padding", "dilation": "dilation"}
    words = {names[name]: getattr(options, name) for name in names}
    return {name: _numbers(word) for name, word in words.items() if word is not None}


def _written(size: Any) -> str:
    return "x".join(map(str, size)) if isinstance(size, tuple) else str(size)


def _conv(options: argparse.Namespace) -> tuple[Any, str, bool]:
    channels, size = _shape(options.shape)
    given, filters, groups = _given(options), _numbers(options.out), _numbers(options.groups)
    extra = {}
    calculators: tuple[Any, Any, Any] = (shapes.conv_output_size, shapes.conv_parameters, shapes.conv_cost)
    if options.command == "conv-transpose":
        extra["output_padding"] = _numbers(options.output_padding)
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
    return _answer(options, {"output": output, "parameters": found[1].result, "macs": found[2].result}, found)


def _pool(options: argparse.Namespace) -> tuple[Any, str, bool]:
    channels, size = _shape(options.shape)
    found = shapes.derive(shapes.pool_output_size, size, **_given(options), ceil_mode=options.ceil)
    output = (channels, *(found.result if isinstance(size, tuple) else (found.result,)))
    return _answer(options, {"output": output}, [found])


def _answer(options: argparse.Namespace, results: dict[str, Any], found: list[Any]) -> tuple[Any, str, bool]:
    """Write results by name, and with --explain the arithmetic."""
    width = max(map(len, results))
    lines = [
        f"{name:<{width}}  {_written(value) if isinstance(value, tuple) else f'{value:,}'}"
        for name, value in results.items()
    ]
    data = dict(results)
    if options.explain:
        data["derivation"] = [step for derivation in found for step in derivation.data]
        lines += ["", *(derivation.text for derivation in found)]
    return data, "\n".join(lines), True


def _solve(options: argparse.Namespace) -> tuple[Any, str, bool]:
    solvers: dict[str, Any] = {
        "conv": shapes.solve_conv,
        "conv-transpose": shapes.solve_conv_transpose,
        "pool": shapes.solve_pool,
    }
    limits = {}
    for limit in options.limit:
        name, _, most = limit.partition("=")
        limits[name] = _numbers(most)
    size, wanted = map(_numbers, options.sizes)
    found: Any = solvers[options.layer](size, wanted, **_given(options), limits=limits)
    data = {"options": found.options, "nearest": found.nearest, "searched": found.searched}
    lines = ["  ".join(f"{name}={value}" for name, value in option.items()) for option in found.options]
    if not lines:
        nearest = ", ".join(map(_written, found.nearest)) or "none"
        lines = [f"no solution within the limits; sizes that come nearest: {nearest}"]
    if options.explain:
        lines += [
            "",
            "searched: " + "  ".join(f"{name}={_range(value)}" for name, value in found.searched.items()),
        ]
    return data, "\n".join(lines), bool(found.options)


def _range(value: Any) -> str:
    return f"{value[0]}..{value[1]}" if isinstance(value, tuple) else str(value)


def _inputs(options: argparse.Namespace) -> tuple[Any, str, bool]:
    found: Any = shapes.inputs_for(_numbers(options.size), **_given(options))
    lists = found if isinstance(found, tuple) else (found,)
    lines = []
    for at, pairs in enumerate(lists):
        prefix = f"dimension {at + 1}: " if len(lists) > 1 else ""
        words = [f"{size} (undone with output_padding={extra})" for size, extra in pairs]
        lines.append(prefix + (", ".join(words) or "no input"))
    return found, "\n".join(lines), all(lists)


def _net(options: argparse.Namespace) -> tuple[Any, str, bool]:
    size = _numbers(options.input) if options.input else None
    if size is not None and not isinstance(size, tuple):
        size = (size,)
    if options.network in READY:
        network = shapes.ready_network(options.network, size)
    elif options.network == "-":
        network = shapes.read_network(sys.stdin.read(), size)
    else:
        network = shapes.read_network(_file(options.network), size)
    table = shapes.network_table(network, unit="flop" if options.flops else "mac", count_bias=options.bias)
    memory = [f"memory, float32: {name} {count:,} bytes" for name, count in table.memory().items()]
    return table.data, "\n".join([table.text, "", *memory]), True


def _file(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        ready = ", ".join(sorted(READY))
        raise WrongUse(f"`{path}` is no file and no ready network; choose among {ready}") from None
    except UnicodeDecodeError:
        raise WrongUse(f"`{path}` is no text in UTF-8; write the network in the text form") from None


def _field(options: argparse.Namespace) -> tuple[Any, str, bool]:
    found = shapes.receptive_field(options.layers, dimensions=_numbers(options.dimensions))
    data = {"size": found.size, "jump": found.jump, "offset": found.offset}
    return data, "\n".join(f"{name:<6}  {_written(value)}" for name, value in data.items()), True


def _frames(options: argparse.Namespace) -> tuple[Any, str, bool]:
    numbers = [_numbers(word) for word in (options.duration, options.window, options.hop)]
    found = shapes.derive(
        shapes.frame_count, numbers[0], window_ms=numbers[1], hop_ms=numbers[2], center=options.center
    )
    return _answer(options, {"frames": found.result}, [found])


def _explain(options: argparse.Namespace) -> tuple[Any, str, bool]:
    found = shapes.explain_error(sys.stdin.read() if options.message == "-" else options.message)
    if found is None:
        return None, "no known message of torch about shapes", False
    numbers = [{"value": value, "meaning": meaning} for value, meaning in found.numbers]
    return {"name": found.name, "numbers": numbers, "cause": found.cause, "fix": found.fix}, found.text, True


COMMANDS = {
    "conv": _conv,
    "conv-transpose": _conv,
    "pool": _pool,
    "solve": _solve,
    "inputs": _inputs,
    "net": _net,
    "rf": _field,
    "frames": _frames,
    "explain": _explain,
}
