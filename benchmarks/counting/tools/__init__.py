"""The tools. Each module has `count`, which gives parameters and multiply-adds, and `table`, which is timed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tool:
    """A tool: a module of this folder, the packages whose versions are told, and the device of its model."""

    name: str
    module: str
    packages: tuple[str, ...]
    device: str = "cpu"


OURS = "reference_impl.shapes"
TORCH = "torch FlopCounterMode"
TORCHINFO = "torchinfo"
TOOLS = [
    Tool(OURS, "reference", ()),
    Tool("reference_impl.shapes, of a live model", "reference_of_model", ("torch",)),
    Tool(TORCH, "flop_counter", ("torch", "tabulate")),
    Tool(TORCHINFO, "summary", ("torchinfo", "torch")),
    Tool("torchinfo, model on `meta`", "summary", ("torchinfo", "torch"), "meta"),
    Tool("fvcore", "facebook", ("fvcore", "torch")),
    Tool("thop", "hooks", ("thop", "torch")),
    Tool("ptflops", "patches", ("ptflops", "torch")),
]
