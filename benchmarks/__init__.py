"""One training step of small networks, timed side by side with other libraries: `python -m benchmarks`."""
