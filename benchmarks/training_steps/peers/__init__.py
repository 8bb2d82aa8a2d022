"""The peers. Each module makes a function that takes one training step and returns the loss before it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Peer:
    """Who is timed: a module of this folder, where it computes, and the packages whose versions are told."""

    name: str
    module: str
    packages: tuple[str, ...]
    place: str = "cpu"


HAND_WRITTEN = "NumPy by hand"
TORCH = "torch eager"
OURS = "reference_impl on NumPy"
PEERS = [
    Peer(OURS, "reference", ("numpy", "array-api-compat"), place="numpy"),
    Peer("reference_impl on torch", "reference", ("torch", "array-api-compat")),
    Peer(HAND_WRITTEN, "hand_written", ("numpy",)),
    Peer(TORCH, "torch_eager", ("torch",)),
    Peer("HIPS autograd", "hips_autograd", ("autograd", "numpy")),
    Peer("JAX jit", "jax_jit", ("jax", "jaxlib")),
]
CUDA_PEERS = [
    Peer("reference_impl on torch, CUDA", "reference", ("torch", "array-api-compat"), place="cuda"),
    Peer("torch eager, CUDA", "torch_eager", ("torch",), place="cuda"),
]
