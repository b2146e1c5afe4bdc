"""The unit that a problem belongs to: that of its result, of its workbook, or of its row of a table."""

from collections.abc import Mapping, Sequence

from lawgov_score.model import Unit
from lawgov_score.problems import WHOLE_FILE, CellPlace, NodePlace, Problem, line_of

Senders = Sequence[tuple[CellPlace, Unit]]
"""The unit of each file, and of each row of a table."""


class Whose:
    """Finds the unit that a problem belongs to, by unit code; '' if none."""

    def __init__(self, senders: Senders) -> None:
        self._names: Mapping[str, str] = {unit.code: unit.name for _, unit in senders}
        self._codes = {line_of(place): unit.code for place, unit in senders}

    def code_of(self, problem: Problem) -> str:
        """The unit's code; '' if the problem belongs to no single unit."""
        place = problem.place
        if isinstance(place, NodePlace):
            return place.unit
        if not isinstance(place, CellPlace):
            return ""
        return self._codes.get(line_of(place), "") or self._codes.get((place.path, *WHOLE_FILE), "")

    def name_of(self, code: str) -> str:
        """The unit's name; its code where no name is known."""
        return self._names.get(code, code)
