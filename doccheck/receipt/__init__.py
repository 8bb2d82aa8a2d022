"""Step 3: what was run, where, when, with what, and whether that still holds."""
