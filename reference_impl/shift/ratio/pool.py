"""Both samples in one: how they are standardised, and the features that are made from them."""

from functools import cached_property

import numpy

from reference_impl._array import Array, to_numpy
from reference_impl.shift.ratio.blocks import double_blocks
from reference_impl.shift.ratio.features import MAPS
from reference_impl.shift.ratio.features.signature import Features, Place
from reference_impl.shift.ratio.ordering import ordered
from reference_impl.shift.ratio.standardising import Standardising

MOST = 20_000
"""Quantiles, centres and distances come from at most so many points of each sample, taken at even distances."""


class Pool:
    """Source and target with one standardisation."""

    def __init__(self, source: Array, target: Array, seed: int) -> None:
        self.source, self.target, self.seed = source, target, seed
        self.standardise = Standardising.of(source, target)

    @cached_property
    def sample(self) -> numpy.ndarray:
        """Standardised points of both samples, sorted."""
        thinned = (sample[:: -(-sample.shape[0] // MOST), :] for sample in (self.source, self.target))
        blocks = [to_numpy(self.standardise(block)) for sample in thinned for block in double_blocks(sample)]
        points = numpy.concatenate(blocks)
        return points[ordered(points)]

    def features(self, name: str) -> Features:
        """Return the map of that name, from points of float64."""
        mean = self.standardise.mean
        place = Place(mean.shape[0], mean, lambda: self.sample, numpy.random.default_rng(self.seed))
        made = MAPS[name](place)
        return Features(lambda points: made.columns(self.standardise(points)), made.groups)
