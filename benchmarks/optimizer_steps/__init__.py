"""A step of every optimizer on 10 million parameters: `python -m benchmarks.optimizer_steps`."""
