"""Prove that blocks can fail: change a number, an operator or an argument, and expect red."""
