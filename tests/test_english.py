"""English of figures: one of a thing is in the singular, and so is what is said of it, however far on it stands."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import lawgov_score
from lawgov_score.report import pieces, render
from lawgov_score.wording import Language, Phrase, Words

HOME = Path(lawgov_score.__file__).parent
SAY = re.compile(r'\{% say "(?:[^"\\]|\\.)*" "((?:[^"\\]|\\.)*)"')
FIGURES = frozenset(
    ["n", "m", "of", "units", "files", "clean", "fields", "events", "listed", "rest", "missing", "there", "old"]
)
VERBS = "are|have|were|do|wait|need|mean|rest|stand|apply|count|go|lose|move|take|follow|differ|belong|lack|remain"
SAID_OF_MANY = re.compile(rf"(?<![\w.])(?<!of )1 (?:[a-z][^.;:(]*? )??(?:{VERBS})\b")
ENDS_IN_S = (
    "is|was|has|as|less|times|whose|does|this|its|goes|applies|serves|stays|counts|holds|comes|shows|means|moves|loses|"
    "looks|waits|needs|follows|differs"
)
MANY_OF_ONE = re.compile(rf"(?<![\w.])1 (?:(?!by|of|with|has)[a-z]+ ){{0,2}}?(?!(?:{ENDS_IN_S})\b)[a-z]+s\b")
OF_OTHERS = (  # what stands in the plural is said of something else, or the figure counts nothing
    "whose points are",
    "marks, changes, rulings and entries, 1 is about what the new tree does not have",
    "the others count",
    "The first 1 are",
    "so they are",
    "shows earlier decisions",
    "kinds listed first count",
    "how fields are",
    "it was meant",
    "one there are",
    "need not be",
    "does not count",
    "may move",
    "1 whose cards and pages say",
    "1 and others",
    "among all units",
    "resting on the same, need",
)


def _forms() -> Iterator[str]:
    """All wordings in English, of the code and of the pages."""
    for path in HOME.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Words":
                for en in node.args[1:2]:
                    if isinstance(en, ast.Constant) and isinstance(en.value, str):
                        yield en.value
    for path in HOME.rglob("*.html"):
        yield from SAY.findall(path.read_text(encoding="utf-8"))


def _said(form: str, number: int) -> str:
    """The wording with so many of everything that it counts."""
    values = {name: number if name in FIGURES else "X" for _, name, _ in pieces(form) if name}
    return render(Phrase(Words(form, form), values), Language.EN)


@pytest.fixture(scope="module")
def said_of_one() -> dict[str, str]:
    forms = {one for one in _forms() if any(f"{{{name}" in one for name in FIGURES)}
    assert len(forms) > 300
    return {form: _said(form, 1) for form in forms}


def test_what_is_said_of_one_thing_is_in_the_singular(said_of_one: dict[str, str]) -> None:
    wrong = []
    for text in said_of_one.values():
        left = text
        for one in OF_OTHERS:
            left = left.replace(one, "…")
        if SAID_OF_MANY.search(left) or MANY_OF_ONE.search(left):
            wrong.append(text)
    assert wrong == []


def test_what_is_said_of_two_is_in_the_plural(said_of_one: dict[str, str]) -> None:
    both = [form for form in said_of_one if re.search(r"\{\w+:[^}]*\|", form)]
    assert len(both) > 30
    assert [form for form in both if _said(form, 2) == said_of_one[form].replace("1", "2")] == []


def test_no_words_leave_open_how_many_there_are() -> None:
    assert [form for form in _forms() if re.search(r"[a-z]\(e?s\)", form)] == []


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("{name} have it", "1 units have it"),
        ("Level {name}", "Level 1 units"),
        ("{n} units have {name}", "1 unit has 1 units"),
        ("{n} {counted} for each", "1 point for each"),
        ("scores of {n} units are provisional", "scores of 1 unit are provisional"),
    ],
)
def test_a_name_stays_as_somebody_typed_it(form: str, expected: str) -> None:
    assert render(Words(form, form)(n=1, name="1 units", counted=Words("分", "points")), Language.EN) == expected
