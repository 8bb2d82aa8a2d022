"""Random numbers that are the same for every array library: NumPy draws them, then they are moved."""

import numpy

from reference_impl._checks import refuse


def generator(random_state: int | numpy.random.Generator) -> numpy.random.Generator:
    """Return `random_state` if it is a generator of NumPy, and a new one seeded with it if it is an int."""
    if isinstance(random_state, numpy.random.Generator):
        return random_state
    if isinstance(random_state, bool) or not isinstance(random_state, int | numpy.integer):
        rule = "must be an int or a numpy.random.Generator"
        refuse("random_state", random_state, rule, "pass e.g. random_state=0", TypeError)
    if random_state < 0:
        refuse("random_state", random_state, "must be at least 0", "pass e.g. random_state=0")
    return numpy.random.default_rng(random_state)
