"""Notice: what an office tells units with their scores: whom to ask, and how and until when to object."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Notice:
    """Where an objection goes. What is empty, or None, is not known: a blank to be filled in by hand.

    ``notified``: the day on which results are sent out; ``deadline``: the last day for an objection; ``way``: how it
    is made.
    """

    office: str = ""
    telephone: str = ""
    address: str = ""
    notified: date | None = None
    deadline: date | None = None
    way: str = ""


NO_NOTICE = Notice()
