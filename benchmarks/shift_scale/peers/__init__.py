"""The peers. Methods of shift_weights are used again; a module of this folder has more of our own."""

from benchmarks.shift.peers import Peer

OURS, DENSRATIO = "reference_impl", "densratio"
ULSIF, LOGISTIC, LARGE_ULSIF = "ULSIF()", "LogisticRatio()", "ULSIF(), 200 centres and 3 × 13 settings"
THEIR_ULSIF = "uLSIF"
HERE, WEIGHTS = "benchmarks.shift_scale.peers", "benchmarks.shift_weights.peers"
GIGABYTES = 20
SMALL = [
    Peer(OURS, f"{HERE}.reference", None, (ULSIF,)),
    Peer(DENSRATIO, f"{WEIGHTS}.densratio_package", "densratio", (THEIR_ULSIF,)),
]
MIDDLE = [
    Peer(OURS, f"{HERE}.reference", None, (LOGISTIC, LARGE_ULSIF), GIGABYTES),
    Peer("densratio", f"{WEIGHTS}.densratio_package", "densratio", ("uLSIF",), GIGABYTES),
    Peer("adapt", f"{WEIGHTS}.adapt_package", "adapt", ("IWC (logistic)", "ULSIF, median widths"), GIGABYTES),
    Peer("skada", f"{WEIGHTS}.skada_package", "skada", ("Gaussian", "KMM"), GIGABYTES),
]
LARGE = [Peer(OURS, f"{HERE}.reference", None, (method,), GIGABYTES) for method in (LOGISTIC, LARGE_ULSIF)]
"""Each method in a process of its own, so that the memory is that of this method."""
OURS_ON_CUDA = "reference_impl on torch, CUDA"
LARGE_ON_CUDA = [Peer(OURS_ON_CUDA, f"{HERE}.on_cuda", None, (method,)) for method in (LOGISTIC, LARGE_ULSIF)]
