"""What makes a code block a verified snippet: extract, run, receipt, stamp, gate.

Each step is a module and a subcommand of `python -m doccheck`; each can be used alone.
"""
