"""One table in a new process, from nothing to the printed text."""

import importlib
import sys
import warnings

from benchmarks.counting.networks import RESNET, model_of, network_of

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    tool = importlib.import_module(f"benchmarks.counting.tools.{sys.argv[1]}")
    print(tool.table(model_of(RESNET), network_of(RESNET).input_size))
