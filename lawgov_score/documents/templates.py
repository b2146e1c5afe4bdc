"""Templates: as they are shipped, as an office edited them, and which of them a round uses.

A template is a .docx. The round keeps an edited one as a file, with an event that says from when it is in force.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path, PurePath

from lawgov_score.bounded import NoFileError, TooLargeError, read_whole, reason_of
from lawgov_score.catalogue import Code
from lawgov_score.documents.bounds import MOST_BYTES, too_large
from lawgov_score.documents.filling import Found, is_table, placeholders
from lawgov_score.documents.kinds import FIELDS, KIND_NAMES, NEEDED, Field, Kind, field_name, field_named, template_name
from lawgov_score.documents.looking import Looked, look_at
from lawgov_score.documents.word import built, opened, stories
from lawgov_score.documents.wordings import WORDINGS
from lawgov_score.files import Batch
from lawgov_score.likeness import to_fill
from lawgov_score.problems import Problem, RefusedError, TextPlace, display_path, is_error
from lawgov_score.report import form_of
from lawgov_score.rounds.allowed import must_be
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.models import Round, Seat
from lawgov_score.rounds.names import Deed
from lawgov_score.rounds.papers import Taken, take_template, template_taken
from lawgov_score.rounds.store import sha256_of
from lawgov_score.wording import Language, Text


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

    It is opened in another process, which is bounded: it may come from anyone.

    R282 no such field, R283 half a brace, R284 no document, R285 tracked changes or comments, R286 a table within a
    sentence; and as warnings R287 a field is missing that says what the document is for, R288 what the page lacks.
    """
    shown = path or template_name(kind, lang)
    place = TextPlace(shown)
    looked = look_at(content)
    if not isinstance(looked, Looked):
        return None, (Problem(Code.R284, place, {"found": looked}),)
    problems: list[Problem] = []
    if looked.is_marked_up:
        problems.append(Problem(Code.R285, place))
    found = looked.found
    named = [field_named(one.name, kind) for one in found if one.name is not None]
    problems += _of_placeholders(found, kind, lang, shown)
    for group in NEEDED[kind]:
        if not any(field in named for field in group):
            names = tuple(f"{{{field_name(field, lang)}}}" for field in group)
            problems.append(Problem(Code.R287, place, {"expected": names}))
    if looked.has_more:
        problems.append(Problem(Code.R288, place))
    if any(map(is_error, problems)):
        return None, tuple(problems)
    return Template(kind, lang, content, is_own=True, problems=tuple(problems)), tuple(problems)


def _of_placeholders(found: Sequence[Found], kind: Kind, lang: Language, shown: str) -> Iterator[Problem]:
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
        found = too_large(error.size)
    except OSError as error:
        found = reason_of(error)
    raise RefusedError(Problem(Code.R284, TextPlace(shown), {"found": found}))


def in_use(round_: Round, kind: Kind, lang: Language) -> Taken | None:
    """The office's own template that a round uses; None: the one that is shipped. It is not opened."""
    taken = template_taken(round_, kind.value, lang.value)
    if taken is None or taken.sha256 == sha256_of(template_bytes(kind, lang)):
        return None
    return taken


def content_in_force(data: Data, round_: Round, kind: Kind, lang: Language) -> bytes:
    """The file of the template that the round uses, not opened. Raises ``RefusedError`` (R205)."""
    shipped = template_bytes(kind, lang)
    taken = template_taken(round_, kind.value, lang.value)
    return shipped if taken is None or taken.sha256 == sha256_of(shipped) else data.store.read(taken.sha256)


def template_in_force(data: Data, round_: Round, kind: Kind, lang: Language) -> Template:
    """The template that the round uses: the one edited last, or the one that is shipped.

    Raises ``RefusedError`` (R205; R282 to R286 where a later version of the program knows fields no more).
    """
    return _checked(content_in_force(data, round_, kind, lang), kind, lang)


def _checked(content: bytes, kind: Kind, lang: Language, path: str = "") -> Template:
    """The template that a content is. Raises ``RefusedError`` as ``read_edited`` finds."""
    if content == template_bytes(kind, lang):
        return Template(kind, lang, content)
    template, problems = read_edited(content, kind, lang, path)
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
    template = _checked(content, kind, lang, path)
    taken = template_taken(round_, kind.value, lang.value)
    if (sha256_of(template_bytes(kind, lang)) if taken is None else taken.sha256) != template.sha256:
        name = PurePath(path).name or template_name(kind, lang)
        take_template(data, round_, kind.value, lang.value, content, name, seat, now)
    return template


def write_templates(data: Data, round_: Round, folder: Path, lang: Language, outputs: Batch) -> tuple[str, ...]:
    """Writes the templates in force to a folder of a batch, to be edited; their names. Raises as
    ``content_in_force``."""
    into = outputs.folder(folder)
    names = tuple(template_name(kind, lang) for kind in Kind)
    for kind, name in zip(Kind, names, strict=True):
        (into / name).write_bytes(content_in_force(data, round_, kind, lang))
    return names


def fields_of(template: Template) -> frozenset[Field]:
    """What it names."""
    found = placeholders(stories(opened(template.content)))
    named = (field_named(one.name, template.kind) for one in found if one.name is not None)
    return frozenset(field for field in named if field is not None)
