"""Step 5: the independent check of a built site.

It reads the built pages and the evidence beside them with the standard library alone, and shares with the steps
before it nothing but the canonical text of a block. It fails on any code block that wasn't executed as shown.
"""

from doccheck.gate.gate import Verdict, check_site

__all__ = ["Verdict", "check_site"]
