"""Blocks of transformers."""
