"""Renders problems and phrases as words: terminal text, JSON, a line in a workbook."""

import json
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Context, Decimal
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter

from lawgov_score.bounded import NoFileError, TooLargeError, read_whole
from lawgov_score.catalogue import Severity, entry_of
from lawgov_score.places import place_list, place_text
from lawgov_score.problems import (
    STANDARD_INPUT,
    CellPlace,
    NodePlace,
    Place,
    Problem,
    TextPlace,
    ThingPlace,
    folded,
    real_path,
    total,
)
from lawgov_score.wording import ByFace, Face, Language, Phrase, Quantity, Words

SEVERITIES = {
    Severity.ERROR: Words("错误", "error"),
    Severity.WARNING: Words("警告", "warning"),
    Severity.NOTE: Words("提示", "note"),
}
_LABELS = {
    "expected": Words("应为", "expected"),
    "found": Words("实为", "found"),
    "hint": Words("改法", "fix"),
    "see_also": Words("参见", "see"),
    "waived": Words("已准予保留", "waived"),
}
_STANDARD_INPUT = Words("-（标准输入）", "- (standard input)")
_EPOCH = date(1899, 12, 30)
_WIDE = Context(prec=400, rounding="ROUND_HALF_UP")  # enough digits for any float: people paste 18-digit numbers
# A number that is so many units of the last place, and by so much of itself away from a half of them, is rounded alike
# as a float and as the decimal number that it stands for: twice the error of a product is less.
LONGEST, NEAR = 1e15, 2e-15
DECIMALS, POINTS, PERCENT = 6, 4, 2  # decimals of a figure, of points, of a percentage
MOST_NAMED = 12  # codes, cells, that a line names before it says that there are others
WRITTEN = 4  # a percentage of so few decimals was written by somebody, and is printed as written
_DUST = 1e-9
_STEP = Words(" 个百分点", " percentage points")
_STEP_OF_ONE = Words(" 个百分点", " percentage point")
# What a figure of English words may count; what is directly said of it is in the singular too, save of a part ("scores
# of 1 unit are"). Where a verb stands further on, the words say which: ``{n:waits|wait}``.
_COUNTED_THINGS = (
    "answer|blank|byte|card|categorie|cell|change|character|chart|claim|code|cohort|control|copie|day|decimal|decision|"
    "deed|deviation|difference|digit|document|embedded object|entrie|error|event|fault|field|figure|file|folder|group|"
    "hour|indicator|input|item|level|line|mark|minute|month|note|objection|other|page|part|picture|place|point|problem|"
    "publication|question|receipt|reviewer|row|ruling|run|score|sheet|submission|table|tag|template|thing|time|unit|"
    "value|version|vote|warning|workbook|year"
)
_SO_MANY = re.compile(
    r" ((?:(?:percentage|working|standard|more|other|marked|open|refused|scored) )*"
    rf"(?:{_COUNTED_THINGS}))s\b( (?:are|have|were)\b)?"
)
_OF_ONE = {"are": "is", "have": "has", "were": "was"}
_ONES = frozenset({"1", "−1"})
_JOINTS = {"list": Words("、", ", "), "": Words("；", "; ")}


def render(phrase: Phrase | Words | str, lang: Language, face: Face = Face.COMMANDS) -> str:
    """The phrase as text in ``lang`` for readers of ``face``. Text that is already text comes back as it is."""
    if isinstance(phrase, str):
        return phrase
    if isinstance(phrase, Words):
        return Filler(lang, face).fill(form_of(phrase, lang), {})
    return Filler(lang, face).fill(form_of(phrase.words, lang), phrase.values)


def form_of(words: Words, lang: Language) -> str:
    """The wording in one language, places of figures included."""
    return words.zh if lang is Language.ZH else words.en


@lru_cache(maxsize=50_000)  # a run prints the same few thousand numbers over and over
def number_text(number: float, decimals: int = DECIMALS) -> str:
    """A number as people write it: no exponent, no trailing zeros, half up at ``decimals`` places.

    >>> number_text(0.5), number_text(2.0), number_text(1234567.0)
    ('0.5', '2', '1234567')
    """
    if not math.isfinite(number):
        return "∞" if number > 0 else "—"
    size = abs(float(number)) * 10.0**decimals
    if size < LONGEST and abs(size % 1 - 0.5) > NEAR * size:
        return _trimmed(f"{number:.{decimals}f}")
    exact = Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-decimals), context=_WIDE)
    return _trimmed(f"{exact:f}")


def _trimmed(text: str) -> str:
    """Without trailing zeros, and without the sign of nothing."""
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def stored_text(number: float) -> str:
    """A number in a cell as people see it: at most fifteen characters of it, no exponent.

    >>> stored_text(12.0), stored_text(0.1 + 0.2), stored_text(1e-7)
    ('12', '0.3', '0.0000001')
    """
    short = str(int(number)) if number == number // 1 and abs(number) < 1e15 else repr(number)
    return short if len(short) < 15 and "e" not in short else number_text(number, 12)


def percent_text(share: float, decimals: int = PERCENT) -> str:
    """A share as a percentage, at most two decimals unless said otherwise: 0.516949 is 51.69%."""
    size = abs(float(share)) * (10.0**decimals * 100)
    if size < LONGEST and abs(size % 1 - 0.5) > NEAR * size:
        return _trimmed(f"{share * 100:.{decimals}f}") + "%"
    return number_text(float(Decimal(repr(float(share))) * 100), decimals) + "%"


def share_decimals(share: float) -> int:
    """Decimals of a percentage that nobody said: as written where that is few, else as of any percentage.

    >>> share_decimals(0.99995), share_decimals(1 / 3)
    (4, 2)
    """
    size = share * (100 * 10.0**WRITTEN)
    return WRITTEN if abs(size) < LONGEST and abs(size - round(size)) <= NEAR * abs(size) + _DUST else PERCENT


def prose(number: str) -> str:
    """A printed number as it stands in a sentence: with a minus sign, where cells and tables have a hyphen.

    >>> prose("-1"), prose("2.5")
    ('−1', '2.5')
    """
    return f"−{number[1:]}" if number.startswith("-") else number


def date_text(serial: float, lang: Language) -> str:
    """A spreadsheet day number as a date."""
    if not math.isfinite(serial):
        return render(Words("未报送", "never"), lang)
    day = _EPOCH + timedelta(days=int(serial))
    return f"{day.year}年{day.month}月{day.day}日" if lang is Language.ZH else day.isoformat()


def step_text(number: str, lang: Language) -> str:
    """A step of a percentage, as words have it."""
    return number + render(_STEP_OF_ONE if number in _ONES else _STEP, lang)


@cache
def joint(spec: str, lang: Language) -> str:
    """What stands between the parts of a list."""
    return render(_JOINTS.get(spec, _JOINTS[""]), lang)


@cache
def pieces(form: str) -> tuple[tuple[str, str | None, str], ...]:
    """Plain text, the name after it and its spec: cached, since few hundred templates are filled a million times."""
    return tuple((text, name, spec or "") for text, name, spec, _ in Formatter().parse(form))


@cache
def lines_of(form: str) -> tuple[tuple[str, str, str | None, str], ...]:
    """``pieces``, each with its plain text as it is after one of a thing: words are written for many of them.

    >>> [one for _, one, _, _ in lines_of("{n} files have errors; scores of {m} marked copies are missing")]
    ['', ' file has errors; scores of ', ' marked copy are missing']
    """
    found: list[tuple[str, str, str | None, str]] = []
    before = ""
    for at, (text, name, spec) in enumerate(pieces(form)):
        counted = _SO_MANY.match(text) if at else None
        found.append((text, text if counted is None else _one(counted, before) + text[counted.end() :], name, spec))
        before = text
    return tuple(found)


def _one(counted: re.Match[str], before: str) -> str:
    thing, verb = counted[1], counted[2] or ""
    if verb and not before.endswith(" of "):
        verb = f" {_OF_ONE[verb.strip()]}"
    return f" {thing.removesuffix('ie')}{'y' if thing.endswith('ie') else ''}{verb}"


@cache
def of_one(words: str) -> str:
    """Words of what is counted, as they are of one.

    >>> of_one("points off"), of_one("off")
    ('point off', 'off')
    """
    counted = _SO_MANY.match(f" {words}")
    return words if counted is None else (_one(counted, "") + f" {words}"[counted.end() :])[1:]


def after(figure: str, many: str, one: str) -> str:
    """The plain text after a figure: ``one`` where it is one of a thing."""
    return one if figure in _ONES else many


def by_number(figure: str, spec: str) -> str:
    """What words say of so many: of ``waits|wait`` the first where it is one.

    >>> by_number("1", "waits|wait"), by_number("0", "waits|wait")
    ('waits', 'wait')
    """
    one, many = spec.split("|")
    return one if figure in _ONES else many


class Filler:
    """Inserts figures into words as ``Words`` describes."""

    def __init__(self, lang: Language, face: Face = Face.COMMANDS) -> None:
        self.lang, self.face = lang, face

    def fill(self, form: str, values: Mapping[str, object]) -> str:
        """``form`` with its figures; a name missing from ``values`` is a ``KeyError``."""
        line: list[str] = []
        figure = ""
        for many, one, name, spec in lines_of(form):
            line.append(after(figure, many, one))
            if name is not None:
                value, before = values[name], figure
                figure = self.format_field(value, spec)
                if many == " " and isinstance(value, Words):
                    figure = after(before, figure, of_one(figure))
                line.append(figure)
        return "".join(line)

    def format_field(self, value: object, format_spec: str) -> str:
        """One figure, or one phrase, as text."""
        if type(value) is str:
            return by_number(value, format_spec) if "|" in format_spec else value
        if isinstance(value, Phrase):
            return self.fill(form_of(value.words, self.lang), value.values)
        if isinstance(value, Words):
            return self.fill(form_of(value, self.lang), {})
        if isinstance(value, ByFace):
            return self.format_field(value.at(self.face), format_spec)
        if isinstance(value, (tuple, list)):
            return joint(format_spec, self.lang).join(self.format_field(part, "") for part in value)
        if isinstance(value, Quantity):
            if value.is_day:
                return date_text(value.number, self.lang)
            if not value.is_share:
                return prose(number_text(value.number, DECIMALS if value.decimals is None else value.decimals))
            places = share_decimals(value.number) if value.decimals is None else value.decimals
            if format_spec == "step":
                number = number_text(value.number * 100, places)
                return step_text(prose(number), self.lang)
            return prose(percent_text(value.number, places))
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            match format_spec:
                case "percent":
                    return prose(percent_text(float(value)))
                case "date":
                    return date_text(float(value), self.lang)
                case "points":
                    return prose(number_text(float(value), POINTS))
                case spec if "|" in spec:
                    return by_number(number_text(float(value)), spec)
                case _:
                    return prose(number_text(float(value)))
        return str(value)


_MORE = Words("{path}：另有 {n} 个 {code} 问题，未逐一列出", "{path}: {n} more of {code}, not listed one by one")
_IN_ALL = Words("{title}（共 {n} 处）", "{title} ({n} places)")
_SAME = Words("另有 {n} 处  {places:list}", "and {n} more  {places:list}")
_DIFFERENT = Words("还有 {n} 处，内容各异  {places:list}", "and {n} others, each in its own words  {places:list}")
_OF_TYPES = Words("{title}（{types:list}）", "{title} ({types:list})")
_KIND = Words("{what}，实为 {found}{n}  {places:list}", "{what}: found {found}{n}  {places:list}")
_AND_OTHERS = Words("{what}等", "{what} and so on")
_KIND_ALONE = Words("{what}{n}  {places:list}", "{what}{n}  {places:list}")
_TIMES = Words("（{n} 处）", " ({n} times)")
MOST_WHOLE = 5  # kinds of one code that are all shown whole
_FIRST_WHOLE, _MOST_SHORT = 3, 12  # where there are more: how many are shown whole, and how many in a line
_MOST_SEE_ALSO = 3  # further places that have a line each
_MOST_PLACES_SHORT, _MOST_FOUND = 6, 60  # places, and characters of what was found, in such a line


def title(problem: Problem, lang: Language, face: Face = Face.COMMANDS) -> str:
    """The title of a problem, with its figures."""
    if problem.more:
        path = "" if isinstance(problem.place, NodePlace) else problem.place.path
        return render(_MORE(path=path, n=problem.more, code=problem.code), lang)
    words = Phrase(entry_of(problem.code).title, problem.values)
    if problem.unit_types:
        words = _OF_TYPES(title=words, types=problem.unit_types)
    return render(_IN_ALL(title=words, n=1 + len(problem.also)) if problem.also else words, lang, face)


def part(problem: Problem, which: str, lang: Language, face: Face = Face.COMMANDS) -> str:
    """``expected``, ``found`` or ``hint`` of a problem, for readers of ``face``."""
    if problem.more:
        return ""
    entry = entry_of(problem.code)
    words: Words = entry.hint_at(face) if which == "hint" else getattr(entry, which)
    return render(Phrase(words, problem.values), lang, face)


def problem_lines(problem: Problem, lang: Language, source: Sequence[str] | None = None) -> list[str]:
    """One problem for a terminal. ``source``: the lines of its file, if it is a text file."""
    (problem,) = _with_things_named([problem], lang)
    severity = render(SEVERITIES[problem.severity], lang)
    lines = [f"{_opening(problem.place, lang)}: {severity} {problem.code} {title(problem, lang)}"]
    if isinstance(problem.place, TextPlace) and source and 0 < problem.place.line <= len(source):
        lines += _excerpt(source[problem.place.line - 1], problem.place)
    for which in ("expected", "found", "hint"):
        if text := part(problem, which, lang):
            lines.append(_labelled(_LABELS[which], text, lang))
    label = render(_LABELS["see_also"], lang)
    if len(problem.see_also) > _MOST_SEE_ALSO:
        lines.append(f"  {label}  {joint('list', lang).join(place_list(problem.see_also, problem.place))}")
    else:
        lines += [f"  {label}  {place_text(place)}" for place in problem.see_also]
    if problem.waived:
        lines.append(f"  {render(_LABELS['waived'], lang)}  {problem.waived}")
    return lines


def _labelled(label: Words, text: str, lang: Language) -> str:
    """A text with its label; the further lines of one that has several begin below the first."""
    before = f"  {render(label, lang)}  "
    return before + text.replace("\n", "\n" + " " * width(before))


def _opening(place: Place, lang: Language) -> str:
    """The place at the beginning of a line, where a bare ``-`` would look like a bullet."""
    text = place_text(place)
    if isinstance(place, NodePlace) or place.path != STANDARD_INPUT:
        return text
    return render(_STANDARD_INPUT, lang) + text.removeprefix(STANDARD_INPUT)


_MOST_SHOWN, _MOST_BEFORE = 160, 60  # characters shown of a long line, and of those before the fault
_MOST_QUOTED = 4 * 1024 * 1024  # bytes of a file to quote from


def _excerpt(line: str, place: TextPlace) -> list[str]:
    """The faulty line with carets under it, of a long one the part around the fault; Chinese takes two columns."""
    number = f"{place.line:>4} │ "
    begin = max(place.column - 1 - _MOST_BEFORE, 0) if len(line) > _MOST_SHOWN else 0
    shown = line[begin : begin + _MOST_SHOWN]
    at = place.column - 1 - begin
    cut = "…" if begin else ""
    before = " " * len(cut) + "".join("\t" if c == "\t" else " " * width(c) for c in shown[:at])
    carets = "^" * max(width(shown[at : at + place.length]), 1)
    more = "…" if begin + _MOST_SHOWN < len(line) else ""
    return [f"{number}{cut}{shown}{more}", f"{' ' * (len(number) - 2)}│ {before}{carets}"]


def width(text: str) -> int:
    """The display width of ``text``: a Chinese character takes two columns."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def problems_text(problems: Iterable[Problem], lang: Language) -> str:
    """All problems for a terminal, sorted by place, with a closing count; empty if there are none."""
    ordered = folded(problems)
    return "\n\n".join([*problem_blocks(ordered, lang), summary(ordered, lang)]) if ordered else ""


def problem_blocks(problems: Iterable[Problem], lang: Language) -> list[str]:
    """Each problem for a terminal, in the given order, those of text files with the faulty line.

    Problems in the same words are one block with the places of all. Of one code whose words differ in many ways the
    first few are shown whole, of the next each kind has a line, and of the rest the places are named.
    """
    sources: dict[str, Sequence[str]] = {}
    of_code: dict[tuple[object, ...], list[Problem]] = {}
    for problem in _with_things_named(problems, lang):
        of_code.setdefault((problem.code, problem.severity, problem.waived, bool(problem.more)), []).append(problem)
    return [block for same in of_code.values() for block in _blocks_of(same, sources, lang)]


def _with_things_named(problems: Iterable[Problem], lang: Language) -> Iterator[Problem]:
    """The problems, the things among their places by the names that a reader knows them by."""

    def named(place: Place) -> Place:
        return replace(place, path=render(place.shown, lang)) if isinstance(place, ThingPlace) else place

    for problem in problems:
        also, see_also = tuple(map(named, problem.also)), tuple(map(named, problem.see_also))
        yield replace(problem, place=named(problem.place), also=also, see_also=see_also)


def _blocks_of(problems: Sequence[Problem], sources: dict[str, Sequence[str]], lang: Language) -> Iterator[str]:
    """The blocks of problems of one code."""
    kinds = _alike(problems, lambda problem: (*said(problem, lang), _apart(problem)))
    if len(kinds) > MOST_WHOLE:  # most differ by the name of a field or a node, which the place tells
        kinds = _alike(problems, lambda problem: said(problem, lang)[1:])
    whole = len(kinds) if len(kinds) <= MOST_WHOLE else _FIRST_WHOLE
    rest = kinds[whole:]
    for i, (first, *others) in enumerate(kinds[:whole]):
        path = first.place.path if isinstance(first.place, TextPlace) else ""
        if path and path not in sources:
            sources[path] = _lines_of(path)
        lines = problem_lines(first, lang, sources.get(path))
        places = [*first.also, *(place for other in others for place in (other.place, *other.also))]
        if places:
            lines.append("  " + render(_SAME(n=len(places), places=place_list(places, first.place)), lang))
        if rest and i == whole - 1:
            lines += _in_short(rest, first, lang)
        yield "\n".join(lines)


def _alike(problems: Iterable[Problem], key: Callable[[Problem], object]) -> list[list[Problem]]:
    """The problems with the same key together, in the order of the first of each."""
    kinds: dict[object, list[Problem]] = {}
    for problem in problems:
        kinds.setdefault(key(problem), []).append(problem)
    return list(kinds.values())


def _apart(problem: Problem) -> object:
    """What keeps a problem by itself, in whatever words: further places that belong to it alone."""
    return (problem.see_also, problem.place) if problem.see_also or problem.more else ()


def said(problem: Problem, lang: Language, face: Face = Face.COMMANDS) -> tuple[str, ...]:
    """Title, expected, found and hint: what a problem says apart from its place, to readers of ``face``."""
    parts = (part(problem, which, lang, face) for which in ("expected", "found", "hint"))
    return (title(problem, lang, face), *parts)


def _in_short(kinds: Sequence[Sequence[Problem]], first: Problem, lang: Language) -> Iterator[str]:
    """A line for each further kind of one code, and the places of the kinds after these."""
    everything = [first, *(problem for same in kinds for problem in same)]
    files = {one.place.path for one in everything if not isinstance(one.place, NodePlace)}
    before = first.place if len(files) == 1 else None  # else each line names its file
    for same in kinds[:_MOST_SHORT]:
        what, _, actual, _ = said(same[0], lang)
        about = _AND_OTHERS(what=what) if any(title(other, lang) != what for other in same[1:]) else what
        words = _KIND if actual else _KIND_ALONE
        places = [place for other in same for place in (other.place, *other.also)]
        listed = place_list(places, before, _MOST_PLACES_SHORT)
        times = _TIMES(n=len(places)) if len(places) > 1 else ""
        actual = " ".join(actual.split("\n"))
        shown = actual if len(actual) <= _MOST_FOUND else actual[:_MOST_FOUND] + "……"
        yield "  " + render(words(places=listed, what=about, found=shown, n=times), lang)
    left = [problem for same in kinds[_MOST_SHORT:] for problem in same]
    if left:
        places = [place for problem in left for place in (problem.place, *problem.also)]
        yield "  " + render(_DIFFERENT(n=len(places), places=place_list(places, before)), lang)


def _lines_of(path: str) -> Sequence[str]:
    """The lines of a text file to quote from; none if it cannot be read, which is a problem of its own."""
    try:
        text = read_whole(Path(real_path(path)), _MOST_QUOTED).decode("utf-8", "replace")
    except (OSError, ValueError, NoFileError, TooLargeError):
        return ()
    return text.splitlines()


def counts_text(problems: Sequence[Problem], lang: Language) -> str:
    """``2 个错误、1 个警告``."""
    counts = {s: total(p for p in problems if p.severity is s) for s in Severity}
    parts = tuple(_COUNTED(n=n, what=SEVERITIES[s]) for s, n in counts.items() if n)
    return render(Words("{parts:list}", "{parts:list}")(parts=parts), lang)


def summary(problems: Sequence[Problem], lang: Language) -> str:
    """``共 2 个错误、1 个警告，涉及 2 个文件。``"""
    files = len({p.place.path for p in problems if isinstance(p.place, TextPlace | CellPlace)})
    first = next((p.code for p in problems if p.severity is Severity.ERROR), problems[0].code)
    where = _IN_FILES(files=files) if files else _NOWHERE()
    return render(_SUMMARY(counts=counts_text(problems, lang), where=where, code=first), lang)


_COUNTED = Words("{n} 个{what}", "{n} {what}{n:|s}")
_SUMMARY = Words(
    "共 {counts}{where}。查看说明：lawgov-score problem {code}",
    "{counts}{where}. To read what a code means: lawgov-score problem {code}",
)
_IN_FILES = Words("，涉及 {files} 个文件", " in {files} files")
_NOWHERE = Words("", "")


def problems_json(problems: Iterable[Problem], lang: Language, face: Face = Face.COMMANDS) -> str:
    """The JSON list of the contract, sorted by place; null where a key does not apply."""
    return json.dumps([problem_record(p, lang, face) for p in folded(problems)], ensure_ascii=False, indent=2)


def problem_record(problem: Problem, lang: Language, face: Face = Face.COMMANDS) -> dict[str, object]:
    """One problem with the contract's keys; one that stands for many has no place, and their number in ``count``.

    ``also``: where else the same fault stands; ``unit`` and ``node``: of a problem of the results, which have no file.
    """
    place = problem.place
    if problem.more:
        nowhere = dict.fromkeys(("path", "line", "column", "sheet", "cell"))
        content = {"title": title(problem, lang), **dict.fromkeys(("expected", "found", "hint")), "count": problem.more}
        return {"code": problem.code.value, "severity": problem.severity.value, **nowhere, **content}
    text = place if isinstance(place, TextPlace) else None
    cell = place if isinstance(place, CellPlace) else None
    return {
        "code": problem.code.value,
        "severity": problem.severity.value,
        "path": None if isinstance(place, NodePlace) else place.path,
        "line": text.line if text and text.line else None,
        "column": text.column if text and text.line else None,
        "sheet": (cell.sheet or None) if cell else None,
        "cell": (cell.cell or None) if cell else None,
        "title": title(problem, lang, face),
        "expected": part(problem, "expected", lang, face) or None,
        "found": part(problem, "found", lang, face) or None,
        "hint": part(problem, "hint", lang, face) or None,
        **({"also": [place_text(other) for other in problem.also]} if problem.also else {}),
        **({"unit": place.unit or None, "node": place.node or None} if isinstance(place, NodePlace) else {}),
    }


def problems_github(problems: Iterable[Problem], lang: Language) -> str:
    """Workflow commands that mark each problem on the line of a pull request."""
    lines = []
    for problem in folded(problems):
        level = "notice" if problem.severity is Severity.NOTE else problem.severity.value
        place = problem.place
        where = f"file={_property(place.path)}" if isinstance(place, TextPlace | CellPlace) else ""
        if isinstance(place, TextPlace) and place.line:
            where += f",line={place.line},col={place.column}"
        text = " / ".join(filter(None, (part(problem, w, lang) for w in ("expected", "found", "hint"))))
        message = _escaped(f"{title(problem, lang)}: {text}")
        lines.append(f"::{level} {where},title={problem.code}::{message}")
    return "\n".join(lines)


def _escaped(text: str) -> str:
    """Escaped for a workflow command: a line break in a name would begin a command of its own."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
