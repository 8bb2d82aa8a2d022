"""The peers. A module of this folder has PACKAGES, and METHODS: each of arrays and a seed makes what is timed."""

from benchmarks.shift.peers import Peer

OURS, ABSTENTION, QUAPY = "reference_impl", "abstention", "QuaPy"
BEST_OF_PACKAGES = (QUAPY, "EMQ_BCTS")
HERE = "benchmarks.shift_labels.peers"
OPTIMAL = 'OptimalMoments(calibration="bcts")'
MAXIMUM = 'MLLS(calibration="bcts")'
RLLS_SOFT = "RLLS()"
CONIC = (ABSTENTION, "RLLS, soft")
PEERS = [
    Peer(
        OURS,
        f"{HERE}.reference",
        None,
        (
            OPTIMAL,
            MAXIMUM,
            'MLLS(calibration="vs")',
            "MLLS()",
            "OptimalMoments()",
            "SCML()",
            "BBSE()",
            RLLS_SOFT,
        ),
    ),
    Peer(
        ABSTENTION,
        f"{HERE}.abstention_package",
        "abstention",
        (
            "BBSE, hard",
            "BBSE, soft",
            "RLLS, hard",
            "RLLS, soft",
            "EM",
            "EM, calibrator_factory=BCTS",
            "TS, then EM",
            "BCTS, then EM",
            "VS, then EM",
        ),
    ),
    Peer(QUAPY, f"{HERE}.quapy_package", "quapy", ("CC", "ACC", "PACC", "EMQ", "EMQ_BCTS", "DMy", "KDEyML")),
]
SPLITS = 100
FEWER_SPLITS = {"VS, then EM": 20, "DMy": 20, "KDEyML": 20}
"""What takes tens of milliseconds."""


def is_run(method: str, seed: int) -> bool:
    """Say whether a method is run for a split."""
    return seed < FEWER_SPLITS.get(method, SPLITS)
