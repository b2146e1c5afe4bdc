"""Reading a returned workbook → Submission, each answer with its cell; one bad workbook does not stop others."""

from collections.abc import Mapping
from pathlib import Path, PurePath
from types import MappingProxyType

from lawgov_score.catalogue import Code
from lawgov_score.model import Submission, Tree, Unit, columns_of
from lawgov_score.problems import CellPlace, Problem, total
from lawgov_score.wording import Words
from lawgov_score.workbook.forms.layout import Layout, layout_of
from lawgov_score.workbook.forms.office import BY_KEY as FORMS_BY_KEY
from lawgov_score.workbook.package.opened import Opened, open_workbook, remarks
from lawgov_score.workbook.package.saved import saved_at
from lawgov_score.workbook.submission.answers import read_answers
from lawgov_score.workbook.submission.editions import edition_of
from lawgov_score.workbook.submission.headings import in_two_columns, renamed, repeated
from lawgov_score.workbook.submission.one_table import choose
from lawgov_score.workbook.submission.sender import cover_of_another, name_of_another, stamp_in, unit_of, year_on_cover

Read = tuple[Submission | None, tuple[Problem, ...]]

_NOBODY: Mapping[str, Unit] = MappingProxyType({})
_NO_CODE = Words("封面没有单位编码，文件名“{stem}”也不是编码", "no code on the cover, and “{stem}” is no code either")
_NO_MATCH = Words("（没有一个编码对得上）", "(no code matches)")


def read_submission(path: Path, tree: Tree) -> Read:
    """The submission in the workbook at ``path`` (None if nothing in it can be used), and its problems."""
    opened = open_workbook(path)
    if isinstance(opened, Problem):
        return None, (opened,)
    return read_opened(opened, layout_of(tree))


def read_opened(opened: Opened, layout: Layout, roster: Mapping[str, Unit] = _NOBODY) -> Read:
    """The same for a workbook that is already open; ``layout`` can be reused for any number of workbooks.

    ``roster``: units by code. It gives the type of a unit that the workbook itself does not say.
    """
    tree, place = layout.tree, CellPlace(opened.path)
    problems = list(remarks(opened))
    stamp = stamp_in(opened)
    if stamp.tree and stamp.tree != tree.code:
        return None, (*problems, Problem(Code.S108, place, {"expected": tree.code, "found": stamp.tree}))
    if stamp.book in FORMS_BY_KEY:
        return None, (*problems, Problem(Code.A107, place, {"found": FORMS_BY_KEY[stamp.book].name}))
    unit = unit_of(stamp, opened, tree, roster)
    if unit is None:
        no_code = _NO_CODE(stem=PurePath(opened.path).stem)
        return None, (*problems, Problem(Code.S110, place, {"found": no_code}))
    known = roster.get(unit.code)
    kind = unit.type or (known.type if known is not None else "")
    asked = layout.asked_of(kind)
    edition = edition_of(stamp, tree, asked, known, saved_at(opened.safe.parts), place)
    if edition.refused is not None:
        return None, (*problems, edition.refused)
    if edition.remark is not None:
        problems.append(edition.remark)
    chosen = choose(opened, layout, edition)
    problems += chosen.named
    stops = [*cover_of_another(stamp, opened, known), *year_on_cover(opened), *chosen.stops]
    stops += name_of_another(stamp, opened, roster)
    for sheet in {page.sheet.name: page.sheet for page in chosen.pages}.values():
        stops += (*repeated(sheet), *in_two_columns(opened, sheet))
    if stops:
        return None, (*problems, *stops)
    problems += renamed(chosen.pages[0].sheet)
    answers, of_cells = read_answers(chosen.pages, layout, asked, edition)
    if not stamp.tree and answers and all(not answer.place.cell for answer in answers.values()):
        return None, (*problems, Problem(Code.S108, place, {"expected": tree.code, "found": _NO_MATCH}))
    gone = total(problem for problem in of_cells if problem.code is Code.S213)
    if tree.unit_types and gone and kind not in {one.code for one in tree.unit_types}:
        types = tuple(one.name for one in tree.unit_types)
        return None, (*problems, Problem(Code.S134, place, {"expected": types, "n": gone}))
    (own,) = columns_of(answers, opened.path).rows()
    return Submission(unit, opened.path, own, opened.fingerprint), (*problems, *of_cells)
