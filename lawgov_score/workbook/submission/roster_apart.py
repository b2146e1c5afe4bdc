"""A roster that came from elsewhere: opened in a process of its own, which is bounded, and nowhere else."""

from dataclasses import dataclass
from pathlib import Path

from lawgov_score.model import Roster, Tree
from lawgov_score.problem_data import WRONG, as_text, problems_data, to_problems
from lawgov_score.problems import CellPlace, Problem, display_path, is_error
from lawgov_score.processes.apart import NotReadError, answer_bytes, misread, read_apart
from lawgov_score.workbook.submission.packed import to_unit, unit_data
from lawgov_score.workbook.submission.roster import read_roster, roster_table


@dataclass(frozen=True, slots=True)
class _Roster:
    """Reads a roster, and tells its units, its problems, and the table that a workbook comes to."""

    path: str
    tree: Tree

    def __call__(self, _: None) -> bytes:
        path = Path(self.path)
        units, problems = read_roster(path, self.tree)
        is_good = bool(units) and not any(map(is_error, problems))
        table = roster_table(path) if is_good and path.suffix.lower() != ".csv" else b""
        return answer_bytes([[unit_data(unit) for unit in units], problems_data(problems), table.decode()])


def read_roster_apart(path: Path, tree: Tree) -> tuple[Roster, tuple[Problem, ...], bytes]:
    """The units at ``path`` and its problems, as ``read_roster`` has them; R314 beyond the limits.

    With them a .csv of which the same units are read, where it is a workbook without errors.
    """
    place = CellPlace(display_path(path))
    try:
        answer = read_apart(_Roster(str(path), tree), place)
        try:
            units, problems, table = answer
            return tuple(map(to_unit, units)), to_problems(problems), as_text(table).encode()
        except WRONG as error:
            raise misread(place) from error
    except NotReadError as lost:
        return (), (lost.problem,), b""
