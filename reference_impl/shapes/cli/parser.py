"""The commands of `shapecalc` and their arguments."""

import argparse

from reference_impl.shapes.annotations import Any

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
  shapecalc rf 'conv 64 7 stride=2; max_pool 3 stride=2; conv 64 3' --explain
  shapecalc frames 1000
  shapecalc explain 'mat1 and mat2 shapes cannot be multiplied (4x7 and 10x3)'

exit codes: 0 a result, 1 no solution, 2 wrong use"""


def parser() -> argparse.ArgumentParser:
    """Describe all commands with their arguments."""
    layout = argparse.RawDescriptionHelpFormatter
    whole = argparse.ArgumentParser(
        "shapecalc", description=DESCRIPTION, epilog=EPILOG, formatter_class=layout
    )
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)
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
    return whole


def _command(commands: Any, name: str, words: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
    command.add_argument("--json", action="store_true", help="print JSON for programs")
    command.add_argument("--explain", action="store_true", help="print how the answer came about as well")
    return command


def _window(command: argparse.ArgumentParser, required: bool) -> None:
    command.add_argument("--kernel", required=required)
    for name in ("stride", "padding", "dilation"):
        command.add_argument(f"--{name}")
