"""`python -m reference_impl.shapes` is `shapecalc`."""

import sys

from reference_impl.shapes.cli import main

if __name__ == "__main__":
    sys.exit(main())
