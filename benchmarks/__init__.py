"""Measurements beside other libraries: `python -m benchmarks` runs all, `python -m benchmarks counting` one.

A benchmark is a folder: `measure.py` has `measure(folder)`, whose result is written as JSON into
receipts/measured/benchmarks; `report.py` has `markdown(report)`, which a page of the site shows.
"""
