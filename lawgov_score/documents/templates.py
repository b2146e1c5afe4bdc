"""Templates: as they are shipped, as an office edited them, and which of them a round uses.

A template is a .docx. The round keeps an edited one as a file, with an event that says from when it is in force.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from lawgov_score.bounded import NoFileError, TooLargeError, read_whole, reason_of
from lawgov_score.catalogue import Code
from lawgov_score.documents.filling import Found, is_table, placeholders
from lawgov_score.documents.kinds import FIELDS, KIND_NAMES, NEEDED, Field, Kind, field_name, field_named, template_name
from lawgov_score.documents.web import has_more_than_text
from lawgov_score.documents.word import NotADocumentError, built, is_marked_up, opened, stories
from lawgov_score.documents.wordings import WORDINGS
from lawgov_score.files import Batch
from lawgov_score.likeness import to_fill
from lawgov_score.problems import Problem, RefusedError, TextPlace, display_path, is_error
from lawgov_score.report import form_of
from lawgov_score.rounds.allowed import must_be
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.models import Round, Seat
from lawgov_score.rounds.names import Deed
from lawgov_score.rounds.papers import take_template, template_taken
from lawgov_score.rounds.store import sha256_of
from lawgov_score.wording import Language, Text, Words

MOST_BYTES = 16 << 20
_TOO_LARGE = Words("文件有 {size} MB，超过 {most} MB", "{size} MB, more than {most}")
_NO_DOCUMENT = Words("打不开，或者带有宏", "it cannot be opened, or has macros")


@dataclass(frozen=True, slots=True)
class Template:
    """A template, checked. ``is_own``: the office's; ``problems``: warnings of it."""

    kind: Kind
    lang: Language
    content: bytes
    is_own: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def sha256(self) -> str:
        """Its fingerprint."""
        return sha256_of(self.content)


@cache
def template_bytes(kind: Kind, lang: Language) -> bytes:
    """The template that is shipped."""
    return built(WORDINGS[kind], form_of(KIND_NAMES[kind], lang), lang)


def read_edited(
    content: bytes, kind: Kind, lang: Language, path: str = ""
) -> tuple[Template | None, tuple[Problem, ...]]:
    """An edited template, or None and why it cannot be used. ``path``: what problems call it.

    R282 no such field, R283 half a brace, R284 no document, R285 tracked changes or comments, R286 a table within a
    sentence; and as warnings R287 a field is missing that says what the document is for, R288 what the page lacks.
    """
    shown = path or template_name(kind, lang)
    place = TextPlace(shown)
    try:
        document = opened(content)
    except NotADocumentError:
        return None, (Problem(Code.R284, place, {"found": _NO_DOCUMENT}),)
    problems: list[Problem] = []
    if is_marked_up(document):
        problems.append(Problem(Code.R285, place))
    found = list(placeholders(stories(document)))
    named = [field_named(one.name, kind) for one in found if one.name is not None]
    problems += _of_placeholders(found, kind, lang, shown)
    for group in NEEDED[kind]:
        if not any(field in named for field in group):
            names = tuple(f"{{{field_name(field, lang)}}}" for field in group)
            problems.append(Problem(Code.R287, place, {"expected": names}))
    if has_more_than_text(document):
        problems.append(Problem(Code.R288, place))
    if any(map(is_error, problems)):
        return None, tuple(problems)
    return Template(kind, lang, content, is_own=True, problems=tuple(problems)), tuple(problems)


def _of_placeholders(found: list[Found], kind: Kind, lang: Language, shown: str) -> Iterator[Problem]:
    known = [field_name(field, lang) for field in FIELDS[kind]]
    for one in found:
        place = TextPlace(shown, one.line, one.column, one.length)
        if one.name is None:
            yield Problem(Code.R283, place)
            continue
        field = field_named(one.name, kind)
        if field is None:
            figures = {"found": one.name, "expected": tuple(known), "nearest": to_fill(one.name, known)}
            yield Problem(Code.R282, place, figures)
        elif is_table(field) and not one.is_alone:
            yield Problem(Code.R286, place, {"name": one.name})


def edited_in(folder: Path, kind: Kind, lang: Language) -> tuple[bytes, str] | None:
    """The content and the shown path of the template of a kind in a folder; None: it has none.

    Raises ``RefusedError`` (R284) for one that cannot be read.
    """
    path = folder / template_name(kind, lang)
    shown = display_path(path)
    try:
        return read_whole(path, MOST_BYTES), shown
    except FileNotFoundError:
        return None
    except NoFileError as error:
        found: Text = error.what
    except TooLargeError as error:
        found = _TOO_LARGE(size=error.size >> 20, most=MOST_BYTES >> 20)
    except OSError as error:
        found = reason_of(error)
    raise RefusedError(Problem(Code.R284, TextPlace(shown), {"found": found}))


def template_in_force(data: Data, round_: Round, kind: Kind, lang: Language) -> Template:
    """The template that the round uses: the one edited last, or the one that is shipped.

    Raises ``RefusedError`` (R205; R282 to R286 where a later version of the program knows fields no more).
    """
    shipped = template_bytes(kind, lang)
    sha256 = template_taken(round_, kind.value, lang.value)
    if sha256 in {None, sha256_of(shipped)}:
        return Template(kind, lang, shipped)
    assert sha256 is not None
    template, problems = read_edited(data.store.read(sha256), kind, lang)
    if template is None:
        raise RefusedError(*filter(is_error, problems))
    return template


def use_template(
    data: Data,
    round_: Round,
    kind: Kind,
    content: bytes,
    seat: Seat,
    now: datetime,
    *,
    lang: Language = Language.ZH,
    path: str = "",
) -> Template:
    """Takes an edited template into use, kept with its event; the one in force once more changes nothing.

    Raises ``RefusedError``: R213, R235; what ``read_edited`` finds; ``CannotWriteError``.
    """
    must_be(Deed.DOCUMENT, round_, seat)
    template, problems = read_edited(content, kind, lang, path)
    if template is None:
        raise RefusedError(*filter(is_error, problems))
    in_force = template_taken(round_, kind.value, lang.value) or sha256_of(template_bytes(kind, lang))
    if in_force != template.sha256:
        take_template(data, round_, kind.value, lang.value, content, template_name(kind, lang), seat, now)
    return template


def write_templates(data: Data, round_: Round, folder: Path, lang: Language, outputs: Batch) -> tuple[str, ...]:
    """Writes the templates in force to a folder of a batch, to be edited; their names. Raises as "
    "``template_in_force``."""
    into = outputs.folder(folder)
    names = tuple(template_name(kind, lang) for kind in Kind)
    for kind, name in zip(Kind, names, strict=True):
        (into / name).write_bytes(template_in_force(data, round_, kind, lang).content)
    return names


def fields_of(template: Template) -> frozenset[Field]:
    """What it names."""
    found = placeholders(stories(opened(template.content)))
    named = (field_named(one.name, template.kind) for one in found if one.name is not None)
    return frozenset(field for field in named if field is not None)
