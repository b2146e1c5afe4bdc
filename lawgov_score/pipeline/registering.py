"""The register of submissions: what was received, what each version in force left blank, and what is wrong with it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from lawgov_score.catalogue import Code, Severity
from lawgov_score.content.intake_register import Blank, Line, Register, Version, blank_rows
from lawgov_score.content.whose import Whose
from lawgov_score.files import Batch, keep_inputs, refusing
from lawgov_score.model import AnswerState, Indicator, Roster, Shared, Submission, Tree, Unit, field_key
from lawgov_score.pipeline.kept import kept_file
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.rules.field import Field
from lawgov_score.scoring.unanswered import Owed, owed_by
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.office.intake_register import write_register as write_workbook
from lawgov_score.workbook.submission.intake import Intake, Received
from lawgov_score.workbook.writing.look import CREATED

_ISSUED = f"{CREATED:%Y-%m-%dT%H:%M:%SZ}"  # when a template says that it was saved
_ANSWER = Words("一个填报值", "an answer")
_CLAIMED = Words(
    "一个填报值；这项指标申请不适用的，这一格也填“不适用”，写明理由",
    "an answer; where the whole indicator does not apply, “不适用” here too, with the reason",
)
_MATERIAL = Words("供评审看的内容，或者佐证材料", "something for reviewers to read, or evidence")
_SAID_BY_THE_STATE = frozenset({Code.S116, Code.S132})  # nothing sent, or nothing that can be used


def register_of(of: Tree, taken: Intake, units: Roster | None, problems: Sequence[Problem]) -> Register:
    """Who sent what. ``units``: the roster, None without one; ``problems``: all that were found, whosever they are.

    The units are those of the roster, in its order, then those that sent something and are not in it.
    """
    received = _by_unit(taken.received)
    everyone = {unit.code: unit for unit in units or ()}
    for unit in sorted((versions[0].unit for versions in received.values()), key=lambda unit: unit.code):
        everyone.setdefault(unit.code, unit)
    by_unit = {one.unit.code: one for one in taken.submissions}
    roster = tuple(everyone.values())
    sent = [by_unit.get(unit.code) for unit in roster]
    owed = owed_by(of, roster, sent) if roster else ()
    whose, counts = Whose(taken.senders), Counter[tuple[str, Severity]]()
    for problem in problems:
        if problem.code not in _SAID_BY_THE_STATE:
            counts[whose.code_of(problem), problem.severity] += problem.count
    known = None if units is None else {unit.code for unit in units}
    cohorts = {cohort.code: cohort.name for cohort in of.cohorts}
    lines = [
        _line(
            unit, cohorts.get(unit.cohort, unit.cohort), received.get(unit.code, ()), submission, of_unit, counts, known
        )
        for unit, submission, of_unit in zip(roster, sent, owed, strict=True)
    ]
    return Register(of, tuple(lines))


def blanks_to_mark(register: Register, submissions: Sequence[Submission]) -> tuple[Problem, ...]:
    """S228 for every blank cell of a workbook that a unit can have back; rows of a table belong to the office."""
    own = {one.unit.code for one in submissions if one.own_file}
    return tuple(
        _left_blank(blank, blank.place)
        for line, blank in blank_rows(register)
        if line.unit.code in own and blank.place is not None and blank.place.cell
    )


def material_lacking(line: Line) -> tuple[Problem, ...]:
    """S228 for all that the unit's version in force lacks for reviewers, whether or not there is a cell for it."""
    file = line.in_force.place if line.in_force is not None else CellPlace("")
    return tuple(_left_blank(one, one.place or CellPlace(file.path)) for one in line.materials)


def _left_blank(blank: Blank, place: CellPlace) -> Problem:
    figures = {
        "code": blank.code,
        "indicator": blank.indicator,
        "field": blank.called,
        "expected": _MATERIAL if blank.is_material else _CLAIMED if blank.is_claimed else _ANSWER,
    }
    return Problem(Code.S228, place, figures)


def write_register(
    register: Register,
    path: Path,
    lang: Language,
    together: Batch,
    *,
    inputs: Sequence[Path] = (),
    overwrite: bool = False,
) -> Problem | None:
    """Writes the register as a workbook, among the outputs ``together``. Raises ``CannotWriteError``.

    Never over one of ``inputs``; and where others are overwritten, never over one in which somebody wrote: that is told
    (O126), and no register is written.
    """
    keep_inputs([path], inputs)
    if overwrite and (kept := kept_file(path)) is not None:
        return kept
    temporary = together.folder(path.parent)
    with refusing(path):
        write_workbook(register, temporary / path.name, lang)
    return None


def _by_unit(received: Sequence[Received]) -> Mapping[str, list[Received]]:
    versions: dict[str, list[Received]] = {}
    for one in received:
        versions.setdefault(one.unit.code, []).append(one)
    return versions


def _line(
    unit: Unit,
    cohort: str,
    received: Sequence[Received],
    submission: Submission | None,
    owed: Owed,
    counts: Mapping[tuple[str, Severity], int],
    known: set[str] | None,
) -> Line:
    in_force = next((one for one in received if one.is_in_force and submission is not None), None)
    blanks = () if submission is None else _blanks(submission, owed.blanks)
    materials = () if submission is None else _blanks(submission, owed.materials, is_material=True)
    return Line(
        unit,
        cohort,
        None if in_force is None else _version(in_force, is_blank=len(blanks) == owed.asked),
        tuple(_version(one) for one in received if one is not in_force),
        owed.asked,
        blanks,
        materials,
        counts.get((unit.code, Severity.ERROR), 0),
        counts.get((unit.code, Severity.WARNING), 0),
        is_known=known is None or unit.code in known,
        is_usable=any(one.is_usable for one in received),
        is_asked_material=submission is None and bool(owed.materials),
    )


def _version(one: Received, *, is_blank: bool = False) -> Version:
    """The version as the register shows it; programs that fill in workbooks may leave the template's own moment."""
    saved = "" if one.saved == _ISSUED else one.saved
    return Version(one.place, saved, is_as_issued=is_blank and one.saved == _ISSUED)


def _blanks(
    submission: Submission, left: Sequence[tuple[Indicator | Shared, Field]], *, is_material: bool = False
) -> tuple[Blank, ...]:
    found = []
    for indicator, field in left:
        answer = submission.answers.get(field_key(indicator, field))
        place = None if answer is None else answer.place
        is_claimed = _claims(submission, indicator)
        found.append(Blank(indicator.code, indicator.title, field.name, place, is_material, is_claimed))
    return tuple(found)


def _claims(submission: Submission, indicator: Indicator | Shared) -> bool:
    """Does a unit claim at some field of an indicator that it does not apply?"""
    given = (submission.answers.get(field_key(indicator, one)) for one in indicator.fields)
    return any(one is not None and one.state is AnswerState.CLAIMED_NOT_APPLICABLE for one in given)
