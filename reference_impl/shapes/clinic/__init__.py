"""Torch's messages about shapes, explained."""
