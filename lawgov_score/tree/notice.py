"""The notice (notice.yaml): YAML to ``Notice``, with the place of every fault.

All its values are texts, with or without quotes: a date or a telephone number is what was typed.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.model.notice import NO_NOTICE, Notice
from lawgov_score.problems import Problem, by_place
from lawgov_score.tree.document import Document, without
from lawgov_score.tree.finding import Finding, problem_of, shown
from lawgov_score.tree.folder import checked
from lawgov_score.tree.shape import tree_schema
from lawgov_score.tree.source import read
from lawgov_score.wording import Words

_DATES = ("notified", "deadline")
_DAY = re.compile("[0-9]+")
_BREAKS = re.compile("[\x7f-\xa0\u2028\u2029\ufeff]")  # JSON writes them as they are, YAML would end a line


def load_notice(path: Path) -> tuple[Notice, tuple[Problem, ...]]:
    """The notice at ``path``, and its problems by place. What is wrong or missing stays empty. Never raises."""
    document, problems = read(path)
    if isinstance(document.data, dict):  # a key with nothing after it is a blank, as a key left out is
        without(document.data, [(key,) for key, value in document.data.items() if value is None])
    document, problems = checked(document, problems, "notice")
    problems = [problem for problem in problems if problem.code is not Code.T108]
    if document.data is None:
        return NO_NOTICE, tuple(problems)
    findings = [*_no_days(document), *_too_early(document)]
    without(document.data, (finding.where for finding in findings))
    problems += [problem_of(finding, document) for finding in findings]
    data = {key: value.strip() for key, value in document.data.items() if isinstance(value, str)}
    days: dict[str, Any] = {key: _day(data[key]) for key in _DATES if key in data}
    return Notice(**{**data, **days}), tuple(sorted(problems, key=by_place))


def notice_text(notice: Notice) -> str:
    """The same as a notice.yaml: what is empty is left out.

    >>> print(notice_text(Notice(office="县考核办", deadline=date(2026, 3, 9))), end="")
    office: "县考核办"
    deadline: "2026-03-09"
    """
    typed = {key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(notice).items()}
    return "".join(f"{key}: {_quoted(value)}\n" for key, value in typed.items() if value)


def _quoted(text: str) -> str:
    return _BREAKS.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _day(typed: str) -> date | None:
    year, month, day = map(int, _DAY.findall(typed))
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _no_days(document: Document) -> Iterator[Finding]:
    """T115 for a date that no calendar has."""
    for key in _DATES:
        typed = document.data.get(key)
        if isinstance(typed, str) and _day(typed) is None:
            form = tree_schema()["$defs"]["notice"]["properties"][key]
            expected = Words(form["x-expected"]["zh"], form["x-expected"]["en"])
            label = Words("“{key}”（{title}）", "“{key}”")(key=key, title=form["title"])
            yield Finding((key,), Code.T115, {"key": label, "expected": expected, "found": shown(typed)})


def _too_early(document: Document) -> Iterator[Finding]:
    """N101 for a deadline before the notification."""
    typed = [document.data.get(key) for key in _DATES]
    notified, deadline = (_day(one) if isinstance(one, str) else None for one in typed)
    if notified is not None and deadline is not None and deadline < notified:
        values = {"notified": notified.isoformat(), "deadline": deadline.isoformat()}
        yield Finding(("deadline",), Code.N101, values, see_also=(("notified",),))
