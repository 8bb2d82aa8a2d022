"""What runs in the page, on MicroPython, and at build time, on CPython, with the same result.

Only what MicroPython knows is used: plain functions and classes, no f-string within an f-string, no order of dicts.
"""
