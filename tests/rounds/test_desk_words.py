"""What a desk shows names no command and no option: nobody types there.

Reaches ``catalogue/entry.py``.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import click
import pytest

from lawgov_score.catalogue import Code, entry_of
from lawgov_score.catalogue.chapters import CATALOGUE
from lawgov_score.cli.commands import build
from lawgov_score.problems import Problem, TextPlace
from lawgov_score.report import part, problem_record, render, said
from lawgov_score.wording import ByFace, Face, Language, Phrase, Words

_COMMANDS = build(Language.ZH).commands
assert isinstance(_COMMANDS["round"], click.Group)
_ROUND, _PLAIN = ("|".join(sorted(names)) for names in (_COMMANDS["round"].commands, _COMMANDS))
_TYPED = re.compile(rf"lawgov-score (?:{_PLAIN})\b|\bround (?:{_ROUND})\b|(?<![\w-])--[a-z]|\bpip install\b|命令")
_AT_THE_DESK = "TSANRO"  # chapters of problems that a desk can meet: nobody compares editions there
# What is printed for somebody who types: how a receipt is checked, what is done with a blank workbook.
_FOR_TYPING = ("workbook.office.template", "workbook.verify.", "content.starter", "pages.confirmation")
_ELSEWHERE = {Code.T257, Code.N130, Code.N134}  # what is written in YAML; an exported table that comes back


@pytest.mark.parametrize("lang", Language)
def test_no_hint_on_a_desk_names_a_command(lang: Language) -> None:
    faults: dict[tuple[str, str], str] = {}
    for code, entry in CATALOGUE.items():
        words = (entry.title, entry.expected, entry.found, entry.hint_at(Face.DESK))
        texts = [one.zh if lang is Language.ZH else one.en for one in words]
        if code[0] in _AT_THE_DESK and code not in _ELSEWHERE:
            faults |= {(code.value, text): found[0] for text in texts if (found := _TYPED.search(text))}
    assert not faults


def test_a_hint_of_its_own_is_there_where_it_differs() -> None:
    """Nobody writes the same twice: a second hint is there because the first names what is typed."""
    idle = [code.value for code, entry in CATALOGUE.items() if entry.on_desk and not _names(entry.hint)]
    assert not idle


@pytest.mark.usefixtures("data")
def test_figures_that_name_commands_have_words_for_a_desk() -> None:
    """The like of words that are put into problems, wherever they stand."""
    bad: dict[str, str] = {}
    for module, name, value in _constants():
        if isinstance(value, ByFace):
            assert _names(_words(value.typed)), f"{module}.{name} has no need of two wordings"
        said = value.on_desk if isinstance(value, ByFace) else value
        if isinstance(said, Words | Phrase) and (found := _names(_words(said))):
            bad[f"{module}.{name}"] = found
    assert not bad


def test_by_which_face_a_problem_is_worded() -> None:
    problem = Problem(Code.R214, TextPlace("x"), {"state": "a", "to": "b"})
    assert part(problem, "hint", Language.ZH) == "写上 --why"
    assert part(problem, "hint", Language.ZH, Face.DESK) == "写明理由"
    assert said(problem, Language.EN, Face.DESK)[3] == "Give a reason"
    assert problem_record(problem, Language.EN, Face.DESK)["hint"] == "Give a reason"
    assert entry_of(Code.R214).hint_at(Face.COMMANDS) is entry_of(Code.R214).hint


def test_a_figure_is_worded_by_the_same_face() -> None:
    hint = ByFace(Words("加 --again", "add --again"), Words("注明代替", "say so"))
    problem = Problem(Code.R250, TextPlace("x"), {"deed": "d", "expected": "e", "found": "f", "hint": hint})
    assert part(problem, "hint", Language.ZH) == "加 --again"
    assert part(problem, "hint", Language.ZH, Face.DESK) == "注明代替"
    assert render(Words("{a}", "{a}")(a=(hint, hint)), Language.EN, Face.DESK) == "say so; say so"


def _names(words: Words) -> str:
    found = _TYPED.search(words.zh) or _TYPED.search(words.en)
    return found[0] if found else ""


def _words(value: Words | Phrase) -> Words:
    return value.words if isinstance(value, Phrase) else value


def _constants() -> Iterator[tuple[str, str, object]]:
    """Words at the top of modules that say something to whom a desk serves."""
    packages = [f"lawgov_score.{name}" for name in ("rounds", "pipeline", "workbook", "content", "pages")]
    for package in packages:
        found = importlib.import_module(package)
        for info in pkgutil.walk_packages(found.__path__, f"{package}."):
            if any(f".{part}" in info.name for part in ("migrations", *_FOR_TYPING)):
                continue
            module = importlib.import_module(info.name)
            yield from ((info.name, name, value) for name, value in vars(module).items())
