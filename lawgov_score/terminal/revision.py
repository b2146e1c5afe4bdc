"""What changed from one tree to another: text for the screen, JSON for scripts, Markdown for a pull request."""

import json
import re
from collections.abc import Iterator

from lawgov_score.report import render, width
from lawgov_score.revision import Affects, Revision
from lawgov_score.revision import report_rows as content
from lawgov_score.revision.report_rows import Row
from lawgov_score.wording import Language, Words

_SECTION = Words("{name}（{n} 处）", "{name} ({n})")
_OLD, _NEW = Words("原", "old"), Words("新", "new")
_PLACES = Words("{old} → {new}", "{old} → {new}")
_COLUMNS = (
    Words("编码", "Code"),
    Words("名称", "Title"),
    Words("变化", "Change"),
    Words("原", "Old"),
    Words("新", "New"),
)
_MARKED = re.compile(r"([\\`*_\[\]<>|~#@&])")


def revision_text(revision: Revision, lang: Language) -> str:
    """Both trees, the outcome, then every change under its class: node, what, old and new below one another."""
    lines = [render(each, lang) for each in (*content.trees(revision), *content.outcome(revision))]
    for affects, rows in content.rows(revision).items():
        lines += ["", f"【{_section(affects, rows, lang)}】"]
        about: object = None
        for row in rows:
            if (row.code, row.title) != about:
                about = row.code, row.title
                lines += ["", *_head(row, lang)]
            lines += _sides(row, lang)
    return "\n".join(lines)


def _section(affects: Affects, rows: tuple[Row, ...], lang: Language) -> str:
    return render(_SECTION(name=content.CLASSES[affects], n=sum(row.count for row in rows)), lang)


def _head(row: Row, lang: Language) -> Iterator[str]:
    yield " ".join(each for each in (row.code, render(row.title, lang)) if each)
    old, new = map(content.place_or_nothing, row.places)
    if old and new and old != new:
        yield "  " + render(_PLACES(old=old, new=new), lang)
    elif old or new:
        yield f"  {new or old}"


def _sides(row: Row, lang: Language) -> Iterator[str]:
    yield f"  · {render(row.what, lang)}"
    names = [render(each, lang) for each in (_OLD, _NEW)]
    column = max(map(width, names))
    for name, said in zip(names, (row.old, row.new), strict=True):
        first, *more = content.said_text(said, lang).splitlines() or [""]
        yield f"    {name}{' ' * (column - width(name))}  {first}"
        yield from (f"    {' ' * column}  {line}" for line in more)


def revision_json(revision: Revision, lang: Language) -> str:
    """The list of the contract: one object a change."""
    return json.dumps(content.records(revision.changes, lang), ensure_ascii=False, indent=2)


def revision_markdown(revision: Revision, lang: Language) -> str:
    """A comment for a pull request: one table for each class, texts of the trees escaped."""
    lines = [f"## {_plain(render(content.TITLE, lang))}", ""]
    lines += [f"- {_plain(render(each, lang))}" for each in (*content.trees(revision), *content.outcome(revision))]
    for affects, rows in content.rows(revision).items():
        lines += ["", f"### {_plain(_section(affects, rows, lang))}", ""]
        lines.append(_line(render(each, lang) for each in _COLUMNS))
        lines.append("|---" * len(_COLUMNS) + "|")
        for row in rows:
            sides = (content.said_text(each, lang) for each in (row.old, row.new))
            lines.append(_line((row.code, render(row.title, lang), render(row.what, lang), *sides)))
    return "\n".join(lines)


def _line(cells: Iterator[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(_plain(cell) for cell in cells)} |"


def _plain(text: str) -> str:
    """A text as Markdown shows it as it is, on one line of a table: no link, no mention, no markup of its own."""
    return "<br>".join(_MARKED.sub(_entity, line) for line in text.splitlines())


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"
