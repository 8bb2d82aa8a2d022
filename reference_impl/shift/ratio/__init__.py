"""Estimates of the ratio p/q of the target's density to the source's."""

__all__: list[str] = []
