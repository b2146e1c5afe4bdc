"""报送情况登记表 of a round: what `check --register` says of the versions in force, and how each of them came."""

from collections.abc import Mapping
from dataclasses import replace

from lawgov_score.content.intake_register import Arrival, Line, Register, Version
from lawgov_score.problems import CellPlace
from lawgov_score.rounds.clock import told
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.in_force import in_force
from lawgov_score.rounds.models import Round, Submission
from lawgov_score.rounds.names import SubmissionState, name_of
from lawgov_score.rounds.things import receipt_number
from lawgov_score.workbook.package.saved import saved_of
from lawgov_score.workbook.submission.reader import Run


def register_of_round(data: Data, round_: Round, run: Run) -> Register:
    """Who sent what, and how it stands. Raises ``RefusedError`` (R205)."""
    tries: dict[str, list[Submission]] = {}
    for one in round_.submissions.select_related("unit", "file").order_by("unit__place", "n"):
        tries.setdefault(one.unit.code, []).append(one)
    with in_force(data, round_, run) as checked:
        lines = tuple(_line(data, line, checked.submissions, tries) for line in checked.register.lines)
        arrivals = {code: _arrival(one) for code, one in checked.submissions.items()}
        return Register(checked.scheme.tree, lines, arrivals)


def _line(data: Data, line: Line, submissions: Mapping[str, Submission], tries: Mapping[str, list[Submission]]) -> Line:
    """The line with the names under which files came, and with the tries that do not count."""
    now = submissions.get(line.unit.code)
    others = tuple(_version(data, one) for one in tries.get(line.unit.code, ()) if now is None or one.pk != now.pk)
    of_now = line.in_force
    if of_now is not None and now is not None:
        of_now = replace(of_now, place=replace(of_now.place, path=now.name))
    return replace(line, in_force=of_now, others=(*others, *_unusable(data, line, now)))


def _unusable(data: Data, line: Line, now: Submission | None) -> tuple[Version, ...]:
    """The version in force, where a later version of the program cannot read it: it stands among the others."""
    return (_version(data, now),) if line.in_force is None and now is not None else ()


def _version(data: Data, one: Submission) -> Version:
    return Version(CellPlace(one.name), saved_of(data.store.path(one.file.sha256)))


def _arrival(one: Submission) -> Arrival:
    return Arrival(one.n, receipt_number(one), told(one.received_at), name_of(SubmissionState(one.state)), one.late)
