"""The peers. A module of this folder has PACKAGES, and METHODS: each of arrays and a seed makes what is timed."""

from benchmarks.shift.peers import Peer

OURS = "reference_impl"
EXACT, RANDOM_FEATURES, KOLMOGOROV = (
    "mmd_test()",
    'mmd_test(method="random_features")',
    "kolmogorov_smirnov_test()",
)
ALIBI, ALIBI_MMD, ALIBI_KOLMOGOROV = "alibi-detect", "MMDDrift", "KSDrift"
HERE = "benchmarks.shift_tests.peers"
PEERS = [
    Peer(OURS, f"{HERE}.reference", None, (EXACT, RANDOM_FEATURES, KOLMOGOROV)),
    Peer(ALIBI, f"{HERE}.alibi_package", "alibi-detect", (ALIBI_MMD, ALIBI_KOLMOGOROV), 20),
    Peer("TorchDrift", f"{HERE}.torchdrift_package", "torchdrift", ("kernel_mmd",)),
    Peer("frouros", f"{HERE}.frouros_package", "frouros", ("MMD",)),
]
SIZES = {1000: 3, 5000: 3}
"""Points in each sample, and for how many seeds."""
FEWER_SEEDS = {(ALIBI_MMD, 5000): 1, ("kernel_mmd", 1000): 1, ("kernel_mmd", 5000): 0, ("MMD", 5000): 0}
"""What takes minutes: TorchDrift and frouros are only asked about the smaller samples."""


def is_run(method: str, size: int, seed: int) -> bool:
    """Say whether a method is run for a seed."""
    return seed < FEWER_SEEDS.get((method, size), SIZES[size])
