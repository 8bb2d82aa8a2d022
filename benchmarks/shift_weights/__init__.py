"""How near estimated ratios come to the true one, and what they do for the risk on the target."""
