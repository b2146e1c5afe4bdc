"""An amendment in two steps: looked at, with what it means; and made, as it was looked at, when that is confirmed."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lawgov_score import pipeline
from lawgov_score.catalogue import Code
from lawgov_score.files import refusing, temporary_folder
from lawgov_score.pipeline.plain_folder import NOTICE, TREE, write_plain
from lawgov_score.portal.forms import with_said
from lawgov_score.portal.working.made import keep_made, made_of
from lawgov_score.portal.working.task import Task
from lawgov_score.problems import Problem, RefusedError, TextPlace, folded
from lawgov_score.revision import Said, report_rows
from lawgov_score.rounds import amending, jobs, wording_of_amending
from lawgov_score.rounds.amending import Amendment
from lawgov_score.rounds.creation import unreadable
from lawgov_score.rounds.events import head
from lawgov_score.rounds.handed_in import refuse_too_much
from lawgov_score.rounds.looked import as_looked, basis_of
from lawgov_score.rounds.notices import notice_in, own_notice
from lawgov_score.rounds.posted import once
from lawgov_score.two_languages import Kept, kept_of, kept_text
from lawgov_score.wording import Words
from lawgov_score.workbook.package.archive import stored

LOOK, AMEND = "look_amend", "amend"  # acts
GIVEN = "given.zip"
_AMENDED = "amended"  # what the confirmation is remembered by: it is one deed however often its work is begun
_TWICE = Words("两份文件同名", "two files of one name")
_FILES_GONE = Words("核对时上传的文件已不在，请重新上传", "the files that were looked at are gone: upload them again")
_NOTICE_FIELDS = ("office", "telephone", "address", "way")


@dataclass(frozen=True, slots=True)
class _Paths:
    """Where the given files lie."""

    folder: Path
    tree: Path | None
    roster: Path | None
    notice: Path | None


def look(task: Task) -> dict[str, Any]:
    """What it would mean, or what is wrong with what was given, at its places."""
    given = _given(task)
    keep_made(task, GIVEN, stored(given))
    with _written(given) as paths, task.reading() as run:
        meant, problems = amending.look(task.data, task.round, paths.tree, paths.roster, run, paths.notice)
        told: dict[str, Any] = {
            "to": f"/amend/{task.job.n}/",
            "given": [path.name for path in task.files],
            "problems": task.records(folded(problems), paths.folder),
        }
    if meant is None:
        return told
    uncounted = task.records(meant.uncounted)
    meaning = {**_meaning(meant), "notice": _of_notice(task, meant)}
    return {**told, "basis": basis_of(meant), "uncounted": uncounted, "meaning": meaning}


def amend(task: Task) -> dict[str, Any]:
    """Makes it. Raises ``RefusedError``: R212 where the round is not as it was looked at, R305 without its files."""
    looked = jobs.by_number(int(task.values["look"]))
    kept = None if looked is None else made_of(task.data, looked).get(GIVEN)
    if looked is None or looked.outcome is None or kept is None:
        raise RefusedError(Problem(Code.R305, TextPlace(GIVEN), {"found": _FILES_GONE}))
    with _written(_unpacked(kept)) as paths, task.reading() as run:
        meant, _ = amending.look(task.data, task.round, paths.tree, paths.roster, run, paths.notice)
    basis = looked.outcome["basis"]
    return {
        "to": once(task.job.token, _AMENDED, task.now, lambda: _done(task, looked.n, basis, meant)),
        "look": looked.n,
    }


def _done(task: Task, look: int, basis: Mapping[str, Any], meant: Amendment | None) -> str:
    meant = as_looked(basis, task.round, meant)
    before = head().seq
    amending.amend(task.data, meant, str(task.values["why"]), task.office, task.now)
    return with_said(f"/amend/{look}/", before + 1, head().seq)


def _given(task: Task) -> dict[str, bytes]:
    """The files that came, by what they are: ``roster.csv``, ``tree/…``, ``notice.yaml``.

    Raises ``RefusedError``: R315; T101 two of one name.
    """
    refuse_too_much(task.files)
    kinds, found = task.values["kinds"], dict[str, bytes]()
    for kind, path in zip(kinds, task.files, strict=True):
        name = {TREE: f"{TREE}/{path.name}", "notice": NOTICE}.get(kind, f"roster{path.suffix.lower()}")
        if name in found:
            raise unreadable(Path(path.name), _TWICE)
        found[name] = path.read_bytes()
    fields = task.values.get("notice")
    if fields is not None:
        own = own_notice(task.data, task.round)
        office, telephone, address, way = (str(fields.get(key, "")) for key in _NOTICE_FIELDS)
        changed = replace(own, office=office, telephone=telephone, address=address, way=way)
        if changed != own:
            found[NOTICE] = pipeline.notice_text(changed).encode()
    return found


@contextmanager
def _written(given: dict[str, bytes]) -> Iterator[_Paths]:
    """The files in a folder of their own, for the block."""
    with temporary_folder("lawgov-given-") as folder:
        with refusing(folder):
            write_plain(given, folder)
        trees = [name for name in given if name.startswith(f"{TREE}/")]
        tree = None if not trees else folder / trees[0] if len(trees) == 1 else folder / TREE
        roster = next((folder / name for name in given if name.startswith("roster.")), None)
        yield _Paths(folder, tree, roster, folder / NOTICE if NOTICE in given else None)


def _unpacked(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return {one.filename: archive.read(one) for one in archive.infolist()}


def _said(side: Said) -> Kept:
    return kept_of(lambda lang: report_rows.said_text(side, lang))


def _of_notice(task: Task, meant: Amendment) -> list[Kept]:
    """What the notice says otherwise, field by field."""
    if meant.notice_file is None:
        return []
    old, new = own_notice(task.data, task.round), notice_in(meant.notice_file)
    return list(map(kept_text, wording_of_amending.of_notice(old, new)))


def _meaning(meant: Amendment) -> dict[str, Any]:
    """What it means, in words. ``is_nothing``: it is what is in use."""
    words = wording_of_amending
    rows: list[dict[str, Any]] = []
    outcome: list[Kept] = []
    if meant.revision is not None:
        outcome = list(map(kept_text, report_rows.outcome(meant.revision)))
        for affects, of_class in report_rows.rows(meant.revision).items():
            rows += [
                {
                    "class": kept_text(report_rows.CLASSES[affects]),
                    "code": row.code,
                    "title": kept_text(row.title),
                    "what": kept_text(row.what),
                    "old": _said(row.old),
                    "new": _said(row.new),
                }
                for row in of_class
            ]
    return {
        "is_nothing": meant.is_nothing,
        "outcome": outcome,
        "rows": rows,
        "has_roster": meant.roster_file is not None,
        "has_notice": meant.notice_file is not None,
        "units": [kept_text(words.of_unit(one)) for one in meant.units],
        "is_any_renamed": words.is_any_renamed(meant),
        "kept": meant.kept,
        "anew": [kept_text(words.of_submission(one)) for one in meant.anew],
        "objections": [kept_text(words.of_objection(one)) for one in meant.objections],
        "published": meant.published,
    }
