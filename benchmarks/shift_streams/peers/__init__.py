"""The peers. A module of this folder has PACKAGES, and METHODS: each of arrays and a seed makes what is timed."""

from benchmarks.shift.peers import Peer

OURS, RIVER, FROUROS = "reference_impl", "river", "frouros"
DETECTORS = ("ADWIN", "Page–Hinkley", "DDM")
HERE = "benchmarks.shift_streams.peers"
PEERS = [
    Peer(OURS, f"{HERE}.reference", None, DETECTORS),
    Peer(RIVER, f"{HERE}.river_package", "river", DETECTORS),
    Peer(FROUROS, f"{HERE}.frouros_package", "frouros", DETECTORS),
]
