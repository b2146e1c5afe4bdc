"""Problems on the screen, the exit code that follows from them, and suggestions for unknown words."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lawgov_score.cli.saying import say
from lawgov_score.report import problems_github, problems_json, render
from lawgov_score.wording import Language, Words

if TYPE_CHECKING:
    from lawgov_score.content.whose import Senders
    from lawgov_score.input_names import Names
    from lawgov_score.problems import Problem

_TO_A_FILE = Words(
    "登记表要写到文件，不能是标准输出（-），那里是核对结果",
    "the register needs a file, not standard output (-), where the results of checking go",
)
_A_WORKBOOK = Words("登记表是 Excel 工作簿，文件名写成 .xlsx", "the register is an Excel workbook: name it .xlsx")
_CLEAN = Words("没有发现问题。", "No problems found.")


def refuse_no_workbook(register: Path, param: click.Parameter, lang: Language) -> None:
    """Raises ``BadParameter`` for a register that would be no workbook."""
    from lawgov_score.problems import STANDARD_INPUT

    if str(register) == STANDARD_INPUT:
        raise click.BadParameter(render(_TO_A_FILE, lang), param=param)
    if register.suffix.lower() != ".xlsx":
        raise click.BadParameter(render(_A_WORKBOOK, lang), param=param)


def failed(problems: Sequence["Problem"]) -> bool:
    """Is there any error among them?"""
    from lawgov_score.problems import is_error

    return any(is_error(problem) for problem in problems)


def show_problems(
    problems: Sequence["Problem"],
    form: str,
    lang: Language,
    *,
    senders: "Senders" = (),
    to_stdout: bool = False,
    quiet: bool = False,
) -> int:
    """Shows problems and gives the exit code. ``quiet``: notes are left to the scorecard; no problems, no message.

    ``senders``: the unit of each file; as text, problems are then grouped by unit.
    """
    from lawgov_score.catalogue import Severity
    from lawgov_score.terminal.problems import problems_by_unit

    if form == "json":
        say(problems_json(problems, lang))
    elif form == "github":
        say(problems_github(problems, lang))
    else:
        shown = [problem for problem in problems if not quiet or problem.severity is not Severity.NOTE]
        if shown:
            say(problems_by_unit(shown, senders, lang), err=not to_stdout)
        elif to_stdout:
            say(render(_CLEAN, lang))
    return int(failed(problems))


_OTHERS = Words(
    "另有 {counts}不在所问之内；全部问题用 lawgov-score check 或 score 查看。",
    "{counts} elsewhere, not of what was asked for; lawgov-score check or score lists every problem.",
)


def show_problems_of(problems: Sequence["Problem"], mine: Sequence["Problem"], lang: Language, names: "Names") -> int:
    """Shows ``mine``, and in one line how many others there are; gives the exit code for all ``problems``.

    ``names``: of the files.
    """
    from lawgov_score.catalogue import Severity
    from lawgov_score.report import counts_text, problems_text

    told = [problem for problem in mine if problem.severity is not Severity.NOTE]
    if told:
        say(problems_text(names.as_given(told), lang), err=True)
    known = set(map(id, mine))
    others = [one for one in problems if id(one) not in known and one.severity is not Severity.NOTE]
    if others:
        say(render(_OTHERS(counts=counts_text(others, lang)), lang), err=True)
    return int(failed(problems))


_NOT_KNOWN = Words("没有“{found}”；现有 {known:list}", 'no "{found}"; there are {known:list}')
_NOT_AMONG = Words("没有“{found}”；现有 {known:list} 等 {n} 个", 'no "{found}"; there are {n}, {known:list} among them')
_MEANT = Words("没有“{found}”，是否想写 {known}？", 'no "{found}"; did you mean {known}?')
_MOST_KNOWN = 8  # known words that are listed


def nearest(word: str, known: Sequence[str], lang: Language) -> str:
    """The known word that was meant, or some of the known ones."""
    from lawgov_score.likeness import meant

    if name := meant(word, known):
        return render(_MEANT(found=word, known=name), lang)
    words = _NOT_KNOWN if len(known) <= _MOST_KNOWN else _NOT_AMONG
    return render(words(found=word, known=tuple(known[:_MOST_KNOWN]), n=len(known)), lang)
