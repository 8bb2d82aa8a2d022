"""One training step of small networks beside other libraries."""
