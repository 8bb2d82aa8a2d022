"""Names that annotations use. MicroPython has no `typing`, and importing it would cost more than all the rest."""

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any, NoReturn
else:
    Any = NoReturn = object

__all__ = ["Any", "NoReturn"]
