"""What the benchmarks of distribution shift share: peers, each in an environment of its own, that read saved arrays."""
