"""A step of every optimizer on 10 million parameters."""
