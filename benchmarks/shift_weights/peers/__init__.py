"""The peers. A module of this folder has PACKAGES, and METHODS: each of arrays and a seed makes what is timed."""

from benchmarks.shift.peers import Peer
from benchmarks.shift_weights.draws import DIMENSIONS

OURS = "reference_impl"
DEFAULT = "CovariateRatio()"
TIMED_AGAINST = ("densratio", "uLSIF")
HERE = "benchmarks.shift_weights.peers"
PEERS = [
    Peer(
        OURS,
        f"{HERE}.reference",
        None,
        (
            DEFAULT,
            "LogisticRatio()",
            "GaussianRatio()",
            "ULSIF()",
            "RULSIF()",
            "KLIEP()",
            "KMM()",
            "KernelDensityRatio()",
        ),
    ),
    Peer("densratio", f"{HERE}.densratio_package", "densratio", ("uLSIF", "uLSIF, median widths", "KLIEP")),
    Peer(
        "adapt",
        f"{HERE}.adapt_package",
        "adapt",
        (
            "IWC (logistic)",
            "KLIEP",
            "KLIEP, median widths",
            "ULSIF",
            "ULSIF, median widths",
            "nearest neighbours",
        ),
    ),
    Peer(
        "skada",
        f"{HERE}.skada_package",
        "skada",
        (
            "Gaussian",
            "Density (kernel)",
            "Discriminator",
            "KLIEP, median widths",
            "KMM",
            "nearest neighbours",
        ),
    ),
]
SEEDS = 10
FEWER_SEEDS = {
    ("densratio", "uLSIF"): 5,
    ("densratio", "uLSIF, median widths"): 5,
    ("adapt", "ULSIF, median widths"): 5,
}
FEWER_DIMENSIONS = {("adapt", "KLIEP, median widths"): (1,)}
"""Methods that take a second and more."""


def is_run(peer: str, method: str, dimensions: int, seed: int) -> bool:
    """Say whether a method is run for a seed."""
    few = FEWER_SEEDS.get((peer, method), SEEDS)
    return seed < few and dimensions in FEWER_DIMENSIONS.get((peer, method), DIMENSIONS)
