"""Permutation tests of two samples: how long they take."""
