"""What a new round is given by the one before it: results, precedents, holidays, contacts, and how its office works.

Of a data folder everything; of a folder of results (`score --csv`, an export, what `round publish -o` wrote) the
results alone, and the precedents where they lie beside them.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path

from lawgov_score import pipeline
from lawgov_score.bounded import NoFileError, TooLargeError, read_whole, reason_of
from lawgov_score.catalogue import Code
from lawgov_score.files import refusing, temporary_folder
from lawgov_score.input_names import Names
from lawgov_score.model import Roster, Tree
from lawgov_score.model.notice import Notice
from lawgov_score.pipeline.plain_folder import NOTICE, PREVIOUS, write_plain
from lawgov_score.problems import Problem, RefusedError, TextPlace, display_path
from lawgov_score.rounds.data import DATABASE, SETTING_FILE, Data, opened
from lawgov_score.rounds.exporting import MANIFEST, PUBLISHED, SEAL, sealed_list
from lawgov_score.rounds.kept import read
from lawgov_score.rounds.models import Holiday, Round, Unit
from lawgov_score.rounds.precedents import PRECEDENTS, has_precedents, precedents_file, read_precedents
from lawgov_score.rounds.running import outputs_of
from lawgov_score.rounds.store import sha256_of
from lawgov_score.wording import Words
from lawgov_score.workbook.package.guard import MOST_BYTES
from lawgov_score.workbook.submission.previous import read_previous
from lawgov_score.workbook.submission.result_tables import GROUNDS, TABLES, sources_of

_NOTHING = Words("没有成绩表", "no tables of results")
_TOUCHED = Words("导出以后 {name} 被改动过", "{name} was changed since it was exported")
_NO_PRECEDENTS = Words(
    "其中的 precedents.json 不是系统写出的以往决定",
    "its precedents.json is not one that a round wrote",
)
_NO_ROUND = Words("没有轮次", "no round")
_TOO_LARGE = Words("文件有 {n} 字节", "a file of {n} bytes")
_NO_FOLDER = Words("没有这个文件夹", "no such folder")


@dataclass(frozen=True, slots=True)
class Last:
    """The round before, as far as a new one takes it over. ``files``: of its ``previous/``.

    ``code``: empty where it is no data folder. ``publication``: whose results they are; None: none was made, or it is
    not known. ``contacts``, ``units``: by unit code.
    """

    shown: str
    files: Mapping[str, bytes]
    code: str = ""
    year: int | None = None
    publication: int | None = None
    days: tuple[tuple[date, str, str, str], ...] = ()  # day, kind, name, source
    closes: time | None = None
    objection_days: int | None = None
    contact: str = ""
    contacts: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)  # names

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables of results."""
        return tuple(name for name in self.files if name != PRECEDENTS)

    @property
    def precedents(self) -> int:
        """How many decisions."""
        return len(json.loads(self.files[PRECEDENTS])) if PRECEDENTS in self.files else 0

    @property
    def years(self) -> tuple[int, ...]:
        """The years whose holidays it has."""
        return tuple(sorted({day.year for day, *_ in self.days}))

    def kept_contacts(self, roster: Roster) -> dict[str, str]:
        """The contacts of units that are the same: code and name."""
        return {
            unit.code: self.contacts[unit.code]
            for unit in roster
            if unit.code in self.contacts and self.units[unit.code] == unit.name
        }


def last_round(path: Path) -> Last:
    """Reads a data folder, or a folder of results; nothing is changed in it.

    Raises ``RefusedError``: R238 where it is neither, R205, and what ``opened`` refuses.
    """
    if (path / DATABASE).exists() or (path / SETTING_FILE).exists():
        with opened(path) as data:
            round_ = Round.objects.select_related("notice", "previous").first()
            if round_ is None:
                raise RefusedError(Problem(Code.R238, TextPlace(display_path(path)), {"found": _NO_ROUND}))
            return _of_data(data, round_, display_path(path))
    return _of_folder(path)


def read_results(last: Last, tree: Tree, roster: Roster) -> tuple[bool, tuple[Problem, ...]]:
    """Can its results be read under the new tree, and what is found in them, named ``previous/…``."""
    if not last.tables:
        return True, ()
    with temporary_folder("lawgov-previous-") as folder:
        with refusing(folder):
            write_plain({f"{PREVIOUS}/{name}": content for name, content in last.files.items()}, folder)
        names = {display_path(folder / PREVIOUS / name): f"{PREVIOUS}/{name}" for name in last.files}
        names[display_path(folder / PREVIOUS)] = PREVIOUS
        found, problems = read_previous(folder / PREVIOUS, tree, roster, Names(names))
    return found is not None, problems


def take_over(round_: Round, last: Last, roster: Roster) -> Mapping[str, object]:
    """Puts what is no file into a new round, within the transaction that makes it; gives what its event says of it."""
    if last.closes is not None:
        round_.closes = last.closes
    if last.objection_days is not None:
        round_.objection_days = last.objection_days
    round_.contact = last.contact
    round_.save(update_fields=["closes", "objection_days", "contact"])
    contacts = last.kept_contacts(roster)
    for code, contact in contacts.items():
        Unit.objects.filter(round=round_, code=code).update(contact=contact)
    Holiday.objects.filter(day__year__in=last.years).delete()
    Holiday.objects.bulk_create(
        Holiday(day=day, kind=kind, name=name, source=source) for day, kind, name, source in last.days
    )
    return {
        "from": last.code,
        "publication": last.publication,
        "precedents": last.precedents,
        "holidays": list(last.years),
        "contacts": len(contacts),
    }


def _of_data(data: Data, round_: Round, shown: str) -> Last:
    publication = round_.publications.order_by("-n").first()
    files: dict[str, bytes] = {}
    if publication is not None:
        outputs = outputs_of(data, publication.run)
        files = {name: outputs[name] for name in (*TABLES, GROUNDS) if name in outputs}
    precedents = precedents_file(data, round_)
    if has_precedents(precedents):
        files[PRECEDENTS] = precedents
    units = round_.units.filter(ended_at=None)
    return Last(
        shown,
        files,
        code=round_.code,
        year=round_.year,
        publication=publication.n if publication is not None else None,
        days=tuple(Holiday.objects.values_list("day", "kind", "name", "source")),
        closes=round_.closes,
        objection_days=round_.objection_days,
        contact=round_.contact or _contact_of(data, round_),
        contacts={unit.code: unit.contact for unit in units if unit.contact},
        units={unit.code: unit.name for unit in units},
    )


def _contact_of(data: Data, round_: Round) -> str:
    """Office, telephone and address of the notice: they outlast the year, unlike its dates."""
    if round_.notice is None:
        return ""
    with temporary_folder("lawgov-notice-") as folder:
        with refusing(folder):
            write_plain({NOTICE: read(data, round_.notice)}, folder)
        notice: Notice = pipeline.load_notice(folder / NOTICE)[0]
    return " ".join(each for each in (notice.office, notice.telephone, notice.address) if each)


def _of_folder(path: Path) -> Last:
    if not path.exists():
        raise RefusedError(Problem(Code.R238, TextPlace(display_path(path)), {"found": _NO_FOLDER}))
    published = [one for one in path.glob(f"{PUBLISHED}/*") if one.name.isdecimal() and one.is_dir()]
    newest = max(published, key=lambda one: int(one.name), default=None)
    listed = _listed(path) if (path / MANIFEST).is_file() else None
    is_export = listed is not None  # whose own tables (the roster) are no results
    at = path if newest is None or (sources_of(path) and not is_export) else newest
    sources = {} if is_export and newest is None else sources_of(at)
    if not sources and not is_export:
        raise RefusedError(Problem(Code.R238, TextPlace(display_path(path)), {"found": _NOTHING}))
    files = {f"{Path(name).stem}{source.suffix.lower()}": _bytes(source) for name, source in sources.items()}
    beside = next((one / PRECEDENTS for one in (at, path) if (one / PRECEDENTS).is_file()), None)
    if listed is not None:
        _check_untouched(path, listed, [*sources.values(), *([] if beside is None else [beside])])
    if beside is not None:
        files[PRECEDENTS] = _bytes(beside)
        try:
            read_precedents(files[PRECEDENTS])
        except ValueError as error:
            raise RefusedError(Problem(Code.R238, TextPlace(display_path(path)), {"found": _NO_PRECEDENTS})) from error
    return Last(display_path(path), files, publication=int(at.name) if at == newest else None)


def _listed(folder: Path) -> Mapping[str, str]:
    """What an export says that it holds, by name, with the sha256 of each. Raises ``RefusedError`` (R238)."""
    content = _bytes(folder / MANIFEST)
    seal = _bytes(folder / SEAL).decode(errors="replace") if (folder / SEAL).is_file() else ""
    if sealed_list(seal)[1] != sha256_of(content):
        raise _changed(folder, MANIFEST)
    files: Mapping[str, str] = json.loads(content)["files"]  # sealed: it is what an export wrote
    return files


def _check_untouched(folder: Path, listed: Mapping[str, str], sources: Iterable[Path]) -> None:
    """Are the results in an export what it sealed? Raises ``RefusedError`` (R238)."""
    for source in sources:
        name = source.relative_to(folder).as_posix()
        if listed.get(name) != sha256_of(_bytes(source)):
            raise _changed(folder, name)


def _changed(folder: Path, name: str) -> RefusedError:
    return RefusedError(Problem(Code.R238, TextPlace(display_path(folder)), {"found": _TOUCHED(name=name)}))


def _bytes(path: Path) -> bytes:
    try:
        return read_whole(path, MOST_BYTES)
    except NoFileError as error:
        raise RefusedError(Problem(Code.R238, TextPlace(display_path(path)), {"found": error.what})) from error
    except TooLargeError as error:
        figures = {"found": _TOO_LARGE(n=error.size)}
        raise RefusedError(Problem(Code.R238, TextPlace(display_path(path)), figures)) from error
    except OSError as error:
        raise RefusedError(Problem(Code.R238, TextPlace(display_path(path)), {"found": reason_of(error)})) from error
