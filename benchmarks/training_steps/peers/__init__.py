"""The peers. Each is a folder: it makes a function that takes one step and returns the loss before it.

The modules of a folder are the networks, each named as in the workloads; parameters have torch's names.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Peer:
    """Who is timed: a folder, its networks, where it computes, and the packages whose versions are told."""

    name: str
    module: str
    packages: tuple[str, ...]
    networks: tuple[str, ...] = ("mlp", "lenet", "transformer")
    place: str = "cpu"


HAND_WRITTEN = "NumPy by hand"
TORCH = "torch eager"
HIPS = "HIPS autograd"
OURS = "reference_impl on NumPy"
OURS_ON_CUDA, TORCH_ON_CUDA = "reference_impl on torch, CUDA", "torch eager, CUDA"
PEERS = [
    Peer(OURS, "reference", ("numpy", "array-api-compat"), place="numpy"),
    Peer("reference_impl on torch", "reference", ("torch", "array-api-compat")),
    Peer(HAND_WRITTEN, "hand_written", ("numpy",), ("mlp",)),
    Peer(TORCH, "torch_eager", ("torch",)),
    Peer(HIPS, "hips_autograd", ("autograd", "numpy"), ("mlp", "transformer")),
    Peer("JAX jit", "jax_jit", ("jax", "jaxlib")),
    Peer("tinygrad, TinyJit", "tinygrad_jit", ("tinygrad", "ziglang")),
]
CUDA_PEERS = [
    Peer(OURS_ON_CUDA, "reference", ("torch", "array-api-compat"), place="cuda"),
    Peer(TORCH_ON_CUDA, "torch_eager", ("torch",), place="cuda"),
]
