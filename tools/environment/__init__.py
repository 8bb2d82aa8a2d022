"""The parts of a working set-up, each made once and again only when what it depends on has changed."""
