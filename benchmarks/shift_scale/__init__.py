"""Times and memory of estimated ratios, up to a million points."""
