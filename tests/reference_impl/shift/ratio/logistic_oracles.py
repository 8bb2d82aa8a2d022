"""Ratios by logistic regression and by cross-fitting, written out in NumPy with a gradient in longdouble."""

import math

import numpy as np
from hypothesis import settings

STEADY = settings.default.max_examples <= 50
some = settings(max_examples=8 if STEADY else 120)
"""Each draw is several fits on each of five libraries."""


def regression(source, target, penalties, with_intercept=True):
    """Return intercept and coefficients of ridge logistic regression, target against source, to longdouble's digits."""
    features = np.concatenate([source, target]).astype(np.longdouble)
    ones = np.full((len(features), 1), float(with_intercept), np.longdouble)
    features = np.concatenate([ones, features], axis=1)
    labels = np.repeat(np.asarray([0, 1], np.longdouble), [len(source), len(target)])
    ridge = np.concatenate([[0.0 if with_intercept else 1.0], np.broadcast_to(penalties, (source.shape[1],))])
    found = np.zeros(features.shape[1], np.longdouble)
    for _ in range(60):
        posterior = 1 / (1 + np.exp(-features @ found))
        gradient = features.T @ (posterior - labels) + ridge * found
        weighed = features * (posterior * (1 - posterior))[:, None]
        hessian = (features.T @ weighed).astype(float) + np.diag(ridge)
        found = found - np.linalg.solve(hessian, gradient.astype(float))
    assert abs(gradient).max() < 1e-13
    return found


def standardised(source, target):
    """Return the means and standard deviations of the pooled sample, in longdouble."""
    both = np.concatenate([source, target]).astype(np.longdouble)
    return both.mean(axis=0), both.std(axis=0)


def columns(features, points, source, target):
    """Return the features of points by their name."""
    if callable(features):
        points, source, target = (features(x.astype(np.longdouble)) for x in (points, source, target))
    mean, deviation = standardised(source, target)
    z = (points - mean) / deviation
    if features == "quadratic":
        return np.concatenate([z, z * z], axis=1)
    if features == "additive":
        both = (np.concatenate([source, target]) - mean) / deviation
        places = np.quantile(both.astype(float), np.linspace(0.03, 0.97, 8), axis=0)
        widths = 1.2 * (places[-1] - places[0]) / 7
        bumps = [
            np.exp(-(((z[:, j] - place) / widths[j]) ** 2) / 2)
            for j in range(z.shape[1])
            for place in places[:, j]
        ]
        return np.concatenate([z, np.stack(bumps, axis=1)], axis=1)
    return z


def log_ratio(features, penalty, points, source, target):
    """Return the log ratio at points."""
    made = [columns(features, x, source, target) for x in (points, source, target)]
    found = regression(made[1], made[2], penalty)
    return found[0] + made[0] @ found[1:] + np.log(np.longdouble(len(source)) / len(target))


def gaussian_log_ratio(points, source, target):
    """Return the log ratio of two normal densities with the moments of the samples."""
    found = 0.0
    for sign, sample in ((1, target), (-1, source)):
        sample = sample.astype(np.longdouble)
        mean = sample.mean(axis=0)
        covariance = ((sample - mean).T @ (sample - mean) / len(sample)).astype(float)
        gaps = (points - mean).astype(float)
        distances = (gaps * np.linalg.solve(covariance, gaps.T).T).sum(axis=1)
        found = found - sign * (distances + np.linalg.slogdet(covariance)[1]) / 2
    return found


def folds_of(sample, folds, seed):
    """Return the fold of each point: a permutation of the sorted points, dealt out in turn."""
    found = np.empty(len(sample), int)
    found[np.lexsort(sample.T[::-1])] = np.random.default_rng(seed).permutation(len(sample)) % folds
    return found


def held_out_log_ratios(estimates, source, target, folds, seed):
    """Return for each estimate the log ratio at each point, source first, by a fit without the point's fold."""
    every = folds_of(source, folds, seed), folds_of(target, folds, seed)
    kinds = np.concatenate(every)
    found = np.empty((len(estimates), len(kinds)))
    for fold in range(folds):
        train = [sample[of != fold] for sample, of in zip((source, target), every, strict=True)]
        test = np.concatenate(
            [sample[of == fold] for sample, of in zip((source, target), every, strict=True)]
        )
        for row, estimate in zip(found, estimates, strict=True):
            row[kinds == fold] = estimate(test, *train)
    return found


def log_losses(log_ratios, n, m):
    """Return the log loss of each point, source first."""
    scores = log_ratios + math.log(m / n)
    return np.logaddexp(0, np.concatenate([scores[..., :n], -scores[..., n:]], axis=-1))
