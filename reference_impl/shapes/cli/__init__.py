"""The command line: `shapecalc`."""

import sys

from reference_impl.shapes.cli.layers import conv, frames, inputs, pool, solve
from reference_impl.shapes.cli.networks import explain, net, receptive_field
from reference_impl.shapes.cli.parser import parser
from reference_impl.shapes.cli.words import WrongUse

COMMANDS = {
    "conv": conv,
    "conv-transpose": conv,
    "pool": pool,
    "solve": solve,
    "inputs": inputs,
    "net": net,
    "rf": receptive_field,
    "frames": frames,
    "explain": explain,
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command line, and return its exit code."""
    options = parser().parse_args(arguments)
    try:
        data, text, found = COMMANDS[options.command](options)
    except (ValueError, TypeError, WrongUse, OSError) as error:
        print(f"shapecalc: {error}", file=sys.stderr)
        return 2
    if options.json:
        import json

        text = json.dumps(data, ensure_ascii=False)
    print(text)
    return 0 if found else 1
