"""Terminal output of `verify`: the cause first, then what follows from it in one line."""

from collections import Counter
from collections.abc import Sequence

from lawgov_score.catalogue import Code
from lawgov_score.places import place_text
from lawgov_score.problems import CellPlace, Problem, folded, is_error
from lawgov_score.report import part, problem_blocks, render, summary
from lawgov_score.wording import Language, Words

# A difference in the workbook, which a cause explains where there is one.
_DIFFERENCES = frozenset(
    {
        *(Code.V206, Code.V207, Code.V209, Code.V210, Code.V211, Code.V212),
        *(Code.V213, Code.V214, Code.V215, Code.V216),
    }
)
_CAUSES = frozenset({Code.V201, Code.V203, Code.V204, Code.V205, Code.V217, Code.V218})
_FOLLOWS = Words(
    "由此引起的差异 {n} 处（{sheets:list}），例如 {place}：应为 {expected}，实为 {found}。",
    "{n} differences {n:follows|follow} from it ({sheets:list}), such as {place}: expected {expected}, found {found}.",
)
_AGAIN = Words(
    "先照上面改正，再核验一次；那时仍有差异的，请制表单位说明。",
    "Mend that and verify again; ask the office that issued it about differences that are left.",
)
_NOT_COMPARED = Words(
    "缺少计分时用的文件或选项，单元格没有比较；补上后再核验。",
    "Without what it was scored with no cell was compared; give it and verify again.",
)
_OF_SHEET = Words("{sheet} {n} 处", "{sheet} {n}")
_WHOLE_FILE = Words("整个文件", "the file")
_AND_OTHERS = Words("其他 {n} 页", "{n} other sheets")
_MOST_SHEETS = 5  # sheets that are named


def verification_text(problems: Sequence[Problem], lang: Language, *, was_compared: bool) -> str:
    """All that differs; empty if nothing does. Where an input changed or is missing, that comes first, and differences
    of cells are one line.

    ``was_compared``: were the cells compared at all?
    """
    causes = [problem for problem in problems if problem.code in _CAUSES]
    others = [problem for problem in problems if problem.code not in _CAUSES | _DIFFERENCES]
    differences = [problem for problem in problems if problem.code in _DIFFERENCES]
    told = [*causes, *others] if causes else [*others, *folded(differences)]
    if not told:
        return ""
    blocks = problem_blocks(told, lang)
    if causes and differences:
        blocks.append(f"{_follows(differences, lang)}\n{render(_AGAIN, lang)}")
    elif causes and not was_compared:
        blocks.append(render(_NOT_COMPARED, lang))
    errors = [problem for problem in told if is_error(problem)]
    return "\n\n".join([*blocks, summary([*errors, *(one for one in told if one not in errors)], lang)])


def _follows(differences: Sequence[Problem], lang: Language) -> str:
    """How many differences there are, on which sheets, and one of them: a figure rather than a sentence."""
    sheets = Counter(problem.place.sheet if isinstance(problem.place, CellPlace) else "" for problem in differences)
    most = sheets.most_common(_MOST_SHEETS)
    named = [_OF_SHEET(sheet=sheet or _WHOLE_FILE, n=n) for sheet, n in most]
    if len(sheets) > len(most):
        named.append(_AND_OTHERS(n=len(sheets) - len(most)))
    example = min(differences, key=lambda problem: (problem.code is not Code.V206, len(part(problem, "found", lang))))
    place = example.place
    inside = place_text(CellPlace("", place.sheet, place.cell)) if isinstance(place, CellPlace) else place_text(place)
    expected, found = part(example, "expected", lang), part(example, "found", lang)
    values = {"place": inside.lstrip(":"), "expected": expected, "found": found}
    return render(_FOLLOWS(n=len(differences), sheets=tuple(named), **values), lang)
