"""Step 2: execute snippets on one device. Needs the standard library and torch, nothing else."""
