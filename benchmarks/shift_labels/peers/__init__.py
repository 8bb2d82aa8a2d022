"""The peers. A module of this folder has PACKAGES, and METHODS: each of arrays and a seed makes what is timed."""

from benchmarks.shift.peers import Peer

OURS, ABSTENTION, QUAPY = "reference_impl", "abstention", "QuaPy"
BEST_OF_PACKAGES = (QUAPY, "EMQ_BCTS")
HERE = "benchmarks.shift_labels.peers"
OPTIMAL, PLAIN_OPTIMAL = 'OptimalMoments(calibration="bcts")', "OptimalMoments(calibration=None)"
MAXIMUM, PLAIN_MAXIMUM = 'MLLS(calibration="bcts")', "MLLS(calibration=None)"
VECTOR, COUNTS, BLACK_BOX, RIDGE = 'MLLS(calibration="vector")', "SCML()", "BBSE()", "RLLS()"
CONIC = (ABSTENTION, "RLLS as a cone program of cvxpy, to 1e-14")
PEERS = [
    Peer(
        OURS,
        f"{HERE}.reference",
        None,
        (OPTIMAL, MAXIMUM, VECTOR, PLAIN_OPTIMAL, PLAIN_MAXIMUM, COUNTS, BLACK_BOX, RIDGE),
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
            CONIC[1],
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
FEWER_SPLITS = {CONIC[1]: 20, "VS, then EM": 20, "DMy": 20, "KDEyML": 20}
"""What takes tens of milliseconds."""


def is_run(method: str, seed: int) -> bool:
    """Say whether a method is run for a split."""
    return seed < FEWER_SPLITS.get(method, SPLITS)
