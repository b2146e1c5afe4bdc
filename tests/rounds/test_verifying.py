"""``round verify``: whatever is changed afterwards is found, and told with its place; what is whole is said to be.

Reaches ``rounds/proving_receipts.py``, ``rounds/releases.py``.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from round_made import NOW, an_objection
from round_published import a_copy, came, final_run, released, remember, remembered, to_the_end

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem, TextPlace, ThingPlace
from lawgov_score.report import part
from lawgov_score.rounds import publishing, running, verifying
from lawgov_score.rounds.backups import back_up, restore
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import DATABASE, KEY, Data, opened
from lawgov_score.rounds.events import link, record
from lawgov_score.rounds.exporting import export_round, exported
from lawgov_score.rounds.importing import import_round
from lawgov_score.rounds.kept import keep, keep_folder
from lawgov_score.rounds.models import Event, File, Publication, Round, Run, Seat, Submission
from lawgov_score.rounds.names import FileKind, ObjectionState, Role, RoundState
from lawgov_score.rounds.plain import canonical
from lawgov_score.rounds.proving_rows import chain_problems
from lawgov_score.rounds.receipts import check_receipt, make_key, sign_receipt
from lawgov_score.rounds.running import inputs_of
from lawgov_score.rounds.states import move
from lawgov_score.rounds.verifying import verify_round
from lawgov_score.wording import Language


@pytest.fixture(autouse=True)
def _once(monkeypatch: pytest.MonkeyPatch) -> None:
    remember(monkeypatch)


@pytest.fixture
def folder(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A round with two publications, three receipts, and an objection that was refused."""
    return a_copy(tmp_path, "corrected", tmp_path_factory.mktemp("made"))


@pytest.fixture
def corrected(folder: Path) -> Iterator[Data]:
    with opened(folder) as data:
        yield data


def faults(data: Data) -> list[tuple[Code, str]]:
    return [_told(one) for one in verify_round(data, the_round()).problems]


def _told(problem: Problem) -> tuple[Code, str]:
    assert isinstance(problem.place, TextPlace | ThingPlace)
    return problem.code, problem.place.path


def tampered(folder: Path, *statements: str) -> None:
    """The database as somebody changed it who has the file: no rule of ours holds them."""
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        for statement in statements:
            assert database.execute(statement).rowcount > 0, statement
        database.commit()


def test_what_is_whole_is_said_to_be_so(corrected: Data) -> None:
    done = verify_round(corrected, the_round())
    assert done.problems == ()
    assert (done.receipts, done.publications) == (3, 2)
    assert (done.events, done.files) == (Event.objects.count(), File.objects.count())
    assert done.head.seq == done.events


def test_every_publication_is_computed_from_its_own_files(corrected: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def counted(files: dict[str, bytes], *rest: object, **named: object) -> object:
        asked.append((files["received/XZ-02.xlsx"], named["since"] is None))
        return remembered(files, *rest, **named)  # type: ignore[arg-type]  # whatever it is given

    monkeypatch.setattr(verifying, "computed", counted)
    verify_round(corrected, the_round())
    assert [first for _, first in asked] == [True, False]
    assert asked[0][0] != asked[1][0]


def test_a_restored_round_verifies_and_a_copy_of_it_does(corrected: Data, tmp_path: Path) -> None:
    back_up(corrected, tmp_path / "backup.zip")
    before = verify_round(corrected, the_round())
    assert restore(tmp_path / "backup.zip", tmp_path / "again").problems == ()
    files = exported(corrected, the_round()).manifest
    with opened(tmp_path / "again") as again:
        assert verify_round(again, the_round()) == before
        assert exported(again, the_round()).manifest == files
        back_up(again, tmp_path / "twice.zip")
    assert restore(tmp_path / "twice.zip", tmp_path / "third").head == before.head.hash


def test_a_round_that_was_imported_verifies_though_it_has_another_key(corrected: Data, tmp_path: Path) -> None:
    export_round(corrected, the_round(), tmp_path / "exported")
    before = verify_round(corrected, the_round())
    import_round(tmp_path / "exported", tmp_path / "there", now=NOW)
    with opened(tmp_path / "there") as there:
        found = verify_round(there, the_round())
        assert found.problems == ()
        grown = (before.events + 1, before.files + 1)  # the import, and the seal that it came under
        assert (found.events, found.files) == grown
        assert (found.receipts, found.publications) == (before.receipts, before.publications)
        came(there, the_round(), "BM-01", 4)  # a receipt by the new key
        assert faults(there) == []
        export_round(there, the_round(), tmp_path / "exported-again")
    import_round(tmp_path / "exported-again", tmp_path / "on", now=NOW)  # on to a third machine
    with opened(tmp_path / "on") as on:
        assert faults(on) == []


# ---------------------------------------------------------------- files


def test_any_byte_of_any_file_that_is_changed_is_found(corrected: Data) -> None:
    for i, sha256 in enumerate(list(corrected.store.all())):
        path = corrected.store.path(sha256)
        content = path.read_bytes()
        changed = bytearray(content or b"x")
        changed[(len(changed) - 1) * (i % 3) // 2] ^= 1  # the first, one in the middle, the last
        path.chmod(0o644)
        path.write_bytes(bytes(changed))
        assert (Code.R205, f"files/{sha256[:2]}/{sha256}") in faults(corrected)
        path.write_bytes(content)
    assert faults(corrected) == []


def _gone(path: Path) -> None:
    path.unlink()


def _longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


def _a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _a_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("harm", [_gone, _longer, _a_folder, _a_link])
def test_a_file_that_is_no_more_what_it_was(harm: Callable[[Path], None], corrected: Data) -> None:
    file = Submission.objects.filter(unit__code="XZ-02").latest("n").file
    path = corrected.store.path(file.sha256)
    path.chmod(0o644)
    harm(path)
    assert faults(corrected) == [(Code.R205, f"files/{file.sha256[:2]}/{file.sha256}")]


def test_a_file_that_no_row_speaks_of_does_no_harm(corrected: Data) -> None:
    corrected.store.keep(b"left behind by a kill")
    assert faults(corrected) == []


def test_a_list_of_files_whose_names_lead_out_is_told(data: Data, round_: Round, office: Seat) -> None:
    """Whoever makes a backup or an export of his own may record it as well as any."""
    Round.objects.update(previous=keep_folder(data, {"..\\..\\evil.bat": b"x"}, FileKind.OUTPUT, NOW))
    with transaction.atomic():
        record("note", round_, office, NOW)
    assert [code for code, _ in faults(data)] == [Code.R205]


def test_the_size_that_was_recorded(folder: Path) -> None:
    tampered(folder, "UPDATE rounds_file SET size = size + 1 WHERE id = 1")
    with opened(folder) as data:
        assert [code for code, _ in faults(data)] == [Code.R273]


# ---------------------------------------------------------------- events

_COLUMNS = {
    "body": 'replace(body, \'"reason":""\', \'"reason":"x"\')',
    "prev": "substr(prev, 1, 63) || CASE substr(prev, 64) WHEN '0' THEN '1' ELSE '0' END",
    "hash": "substr(hash, 1, 63) || CASE substr(hash, 64) WHEN '0' THEN '1' ELSE '0' END",
    "at": "'2020-01-01 00:00:00'",
    "behind": "behind + 1",
    "act": "act || 'x'",
    "object": "object || 'x'",
    "seat_id": "3 - coalesce(seat_id, 1)",
    "seq": "seq + 1000",
}


@pytest.mark.parametrize("column", _COLUMNS)
def test_any_column_of_any_event_that_is_changed_is_found(column: str, folder: Path) -> None:
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        number = [one for (one,) in database.execute("SELECT id FROM rounds_event ORDER BY seq")]
        kept = dict(database.execute(f"SELECT id, {column} FROM rounds_event").fetchall())
    assert len(number) > 15
    for one in number:
        with closing(sqlite3.connect(folder / DATABASE)) as database:
            database.execute(f"UPDATE rounds_event SET {column} = {_COLUMNS[column]} WHERE id = ?", (one,))
            (changed,) = database.execute(f"SELECT {column} FROM rounds_event WHERE id = ?", (one,)).fetchone()
            database.commit()
        with opened(folder):
            assert changed == kept[one] or Code.R270 in {problem.code for problem in chain_problems()}
        with closing(sqlite3.connect(folder / DATABASE)) as database:
            database.execute(f"UPDATE rounds_event SET {column} = ? WHERE id = ?", (kept[one], one))
            database.commit()
    with opened(folder) as data:
        assert faults(data) == []


@pytest.mark.parametrize("back", range(1, 8))
def test_events_that_were_cut_off_at_the_end_are_missed(back: int, folder: Path) -> None:
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        database.execute("DELETE FROM rounds_event WHERE seq > (SELECT max(seq) FROM rounds_event) - ?", (back,))
        database.commit()
    with opened(folder) as data:
        assert {Code.R270, Code.R273} & {code for code, _ in faults(data)}


def test_an_event_that_is_gone_from_the_middle(folder: Path) -> None:
    tampered(folder, "DELETE FROM rounds_event WHERE seq = 4")
    with opened(folder) as data:
        assert (Code.R270, "event 5") in faults(data)


_ANEW = "UPDATE rounds_event SET prev = %s, hash = %s, body = %s"


def _written_anew(change: Callable[[int, str], str]) -> None:
    """The chain as one would write it who knows how it is made."""
    prev = "0" * 64
    rows = list(Event.objects.order_by("seq").values_list("pk", "seq", "body"))
    with connection.cursor() as cursor:
        for pk, seq, said in rows:
            body = change(seq, said)
            hash_ = link(prev, body)
            cursor.execute(
                "UPDATE rounds_event SET prev = %s, hash = %s, body = %s WHERE id = %s", [prev, hash_, body, pk]
            )
            prev = hash_


def test_a_chain_that_was_written_anew_is_not_that_of_receipts_and_publications(corrected: Data) -> None:
    _written_anew(lambda seq, body: body.replace('"reason":""', '"reason":"x"', 1) if seq == 2 else body)
    assert {place for code, place in faults(corrected) if code is Code.R270} >= {"publication 1", "submission XZ-02/1"}


@pytest.mark.parametrize("body", ["[]", "{}", "no json", "[" * 9_999, canonical({"seat": 3}), canonical({"after": 7})])
def test_a_body_that_is_no_event(body: str, corrected: Data) -> None:
    _written_anew(lambda seq, said: body if seq == 3 else said)
    assert (Code.R270, "event 3") in faults(corrected)


# ---------------------------------------------------------------- rows

_ROWS = {
    "UPDATE rounds_round SET state = 'archived'": "round county-2026",
    "UPDATE rounds_submission SET state = 'accepted' WHERE n = 2": "submission XZ-02/2",
    "UPDATE rounds_submission SET file_id = 1 WHERE n = 2": "submission XZ-02/2",
    "UPDATE rounds_submission SET n = 7 WHERE n = 2": "submission XZ-02/7",
    "DELETE FROM rounds_submission WHERE n = 2": "submission XZ-02/2",
    "UPDATE rounds_run SET kind = 'trial' WHERE n = 2": "run 2",
    "UPDATE rounds_run SET manifest_id = outputs_id WHERE n = 2": "run 2",
    "UPDATE rounds_run SET outputs_id = manifest_id WHERE n = 2": "run 2",
    "UPDATE rounds_run SET engine = '0.1' WHERE n = 2": "run 2",
    "UPDATE rounds_run SET seq = 1 WHERE n = 2": "run 2",
}
_PUBLICATION = {
    "n": "n + 1",
    "run_id": "1",
    "scope": "'office'",
    "fingerprint": "replace(fingerprint, substr(fingerprint, 1, 1), 'x')",
    "changes_id": "NULL",
    "told": "told || '。'",
    "why": "'另有原因'",
    "released_by": "'李某'",
    "seq": "seq - 1",
    "head": "replace(head, substr(head, 1, 1), 'x')",
    "at": "'2026-03-02 01:30:00.000001'",
    "seat_id": "2",
}


@pytest.mark.parametrize("statement", _ROWS)
def test_a_row_that_is_changed_is_found(statement: str, folder: Path) -> None:
    tampered(folder, statement)
    with opened(folder) as data:
        assert (Code.R273, _ROWS[statement]) in faults(data)


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("DELETE FROM rounds_run WHERE n = 1", DATABASE),
        ("DELETE FROM rounds_unit WHERE code = 'XZ-01'", DATABASE),
        ("UPDATE rounds_event SET at = 'never' WHERE seq = 3", "rounds_event 3"),
        ("UPDATE rounds_event SET at = '2026-13-01 00:00:00' WHERE seq = 3", "rounds_event"),
    ],
)
def test_rows_that_cannot_be_read_are_told_and_nothing_else(statement: str, place: str, folder: Path) -> None:
    tampered(folder, statement)
    with opened(folder) as data:
        assert faults(data) == [(Code.R273, place)]


@pytest.mark.parametrize("column", _PUBLICATION)
def test_any_column_of_a_publication_that_is_changed_is_found(column: str, folder: Path) -> None:
    tampered(folder, f"UPDATE rounds_publication SET {column} = {_PUBLICATION[column]} WHERE n = 2")
    with opened(folder) as data:
        assert {code for code, place in faults(data) if place.startswith("publication ")} >= {Code.R273}


@pytest.mark.parametrize("n", [1, 2])
def test_a_publication_that_is_gone_is_missed(n: int, folder: Path) -> None:
    tampered(folder, f"DELETE FROM rounds_publication WHERE n = {n}")
    with opened(folder) as data:
        assert (Code.R273, f"publication {n}") in faults(data)


def test_a_state_is_that_of_the_last_move(data: Data, round_: Round, office: Seat) -> None:
    to_the_end(round_, office)
    objection = an_objection(round_)
    with transaction.atomic():
        record("object", objection, None, NOW)
    assert faults(data) == []
    move(objection, ObjectionState.ADMITTED, 1, office, "", NOW)
    assert faults(data) == []
    type(objection).objects.update(state="refused")
    assert faults(data) == [(Code.R273, "objection 1")]


# ---------------------------------------------------------------- receipts and the key


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("receipt = replace(receipt, 'XZ-02', 'XZ-01')", Code.R271),
        ("receipt = 'nothing'", Code.R271),
        ("receipt = (SELECT receipt FROM rounds_submission WHERE n = 1 AND unit_id = 1)", Code.R271),
    ],
)
def test_a_receipt_that_is_another(change: str, code: Code, folder: Path) -> None:
    tampered(folder, f"UPDATE rounds_submission SET {change} WHERE n = 2")
    with opened(folder) as data:
        assert faults(data) == [(Code.R273, "submission XZ-02/2"), (code, "submission XZ-02/2")]


def test_a_receipt_of_our_own_key_that_says_something_else(corrected: Data) -> None:
    """Each fact by its name: what another fact says does not count."""
    one = Submission.objects.get(n=2)
    facts = check_receipt(one.receipt).facts
    last = Event.objects.latest("seq")
    for change, code in (
        ({"文件指纹": "ab" * 32, "文件": one.file.sha256}, Code.R271),
        ({"回执号": facts["回执号"].replace("/2", "/1")}, Code.R271),
        ({"单位": "XZ-01 东乡", "文件": "XZ-02"}, Code.R271),
        ({"此前登记": f"{last.seq} {'ab' * 32}"}, Code.R270),
        ({"此前登记": f"{last.seq - 1} {last.hash}"}, Code.R270),
    ):
        text = sign_receipt(corrected.folder / KEY, {**facts, **change})
        Submission.objects.filter(pk=one.pk).update(receipt=text)
        assert faults(corrected)[-1] == (code, "submission XZ-02/2"), change


def test_a_round_that_moved_since_it_was_read_is_no_fault(corrected: Data) -> None:
    seen = the_round()
    other = Round.objects.get(pk=seen.pk)
    move(other, RoundState.ARCHIVED, other.version, seat_of(Role.OFFICE), "", NOW)
    assert verify_round(corrected, seen).problems == ()
    assert seen.state == RoundState.ARCHIVED


def test_a_key_that_is_another_or_gone(corrected: Data) -> None:
    (corrected.folder / KEY).unlink()
    assert [code for code, _ in faults(corrected)] == [Code.R209]
    make_key(corrected.folder / KEY)
    assert faults(corrected) == [(Code.R271, "key")]  # receipts are still those of the key that the round was made with


def test_a_key_that_is_another_and_a_seal_that_it_signed(corrected: Data) -> None:
    """Whoever can swap the key can sign a seal and add its row: a key counts by an event alone."""
    export_round(corrected, the_round(), corrected.folder.parent / "out")
    facts = check_receipt((corrected.folder.parent / "out" / "seal.txt").read_text(encoding="utf-8")).facts
    (corrected.folder / KEY).unlink()
    make_key(corrected.folder / KEY)
    keep(corrected, sign_receipt(corrected.folder / KEY, facts).encode(), "seal.txt", FileKind.SEAL, NOW)
    assert (Code.R271, "key") in faults(corrected)


def test_a_key_that_is_another_after_an_import(corrected: Data, tmp_path: Path) -> None:
    export_round(corrected, the_round(), tmp_path / "exported")
    import_round(tmp_path / "exported", tmp_path / "there", now=NOW)
    (tmp_path / "there" / KEY).unlink()
    make_key(tmp_path / "there" / KEY)
    with opened(tmp_path / "there") as there:
        assert faults(there) == [(Code.R271, "key")]


def test_a_receipt_of_another_key(corrected: Data, tmp_path: Path) -> None:
    make_key(tmp_path / "other")
    one = Submission.objects.get(n=2)
    facts = check_receipt(one.receipt).facts
    Submission.objects.filter(pk=one.pk).update(receipt=sign_receipt(tmp_path / "other", facts))
    assert faults(corrected) == [(code, "submission XZ-02/2") for code in (Code.R273, Code.R271)]


# ---------------------------------------------------------------- what was computed


def _forged(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that writes something else for this output."""

    def forged(*args: object, **named: object) -> object:
        done = remembered(*args, **named)  # type: ignore[arg-type]  # whatever it is given
        return replace(done, outputs={**done.outputs, name: done.outputs[name] + b" "})

    for module in (running, publishing):
        monkeypatch.setattr(module, "computed", forged)


@pytest.mark.parametrize("name", ["ranking.csv", "scorecard.xlsx", "html/public/index.html"])
def test_a_publication_that_is_not_what_is_computed(
    name: str, data: Data, round_: Round, office: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    came(data, round_, "XZ-01", 9)
    came(data, round_, "XZ-02", 5)
    to_the_end(round_, office)
    _forged(name, monkeypatch)
    final_run(data, round_, office)
    released(data, round_)
    (problem,) = verify_round(data, round_).problems
    assert _told(problem) == (Code.R272, "publication 1")
    assert name in str(problem.values["found"])


def test_changes_that_are_not_what_is_computed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    def forged(*args: object, **named: object) -> object:
        done = remembered(*args, **named)  # type: ignore[arg-type]  # whatever it is given
        return replace(done, changes=b"unit,code,old,new,cause\n")

    copy = a_copy(tmp_path / "more", "published", tmp_path_factory.mktemp("made"))
    monkeypatch.setattr(publishing, "computed", forged)
    with opened(copy) as data:
        round_, office = the_round(), seat_of(Role.OFFICE)
        came(data, round_, "XZ-02", 7)
        final_run(data, round_, office)
        released(data, round_, "更正")
        (problem,) = verify_round(data, round_).problems
    assert _told(problem) == (Code.R272, "publication 2")
    assert "changes.csv" in str(problem.values["found"])


def test_a_publication_without_any_result(corrected: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    def empty(*args: object, **named: object) -> object:
        return replace(remembered(*args, **named), outputs={})  # type: ignore[arg-type]  # whatever it is given

    monkeypatch.setattr(verifying, "computed", empty)
    assert {place for code, place in faults(corrected) if code is Code.R272} == {"publication 1", "publication 2"}


def test_one_of_an_earlier_version_is_compared_by_its_scorecard(
    data: Data, round_: Round, office: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    came(data, round_, "XZ-01", 9)
    to_the_end(round_, office)
    monkeypatch.setattr(running, "__version__", "0.7.0")
    final_run(data, round_, office)
    released(data, round_)
    assert Run.objects.get().engine == "0.7.0"
    assert faults(data) == []
    forged = came(data, round_, "XZ-02", 3)
    names = {**inputs_of(data, Run.objects.get()), "received/XZ-01.xlsx": data.store.read(forged.file.sha256)}
    monkeypatch.setattr(verifying, "inputs_of", lambda *_: names)
    found = verify_round(data, round_).problems
    assert found
    assert {one.code.value[0] for one in found} <= {"V"}
    assert Publication.objects.count() == 1


def test_nothing_is_missed_while_others_write(data: Data, round_: Round) -> None:
    failed, units, written = [], ("XZ-01", "XZ-02", "BM-01"), threading.Semaphore(0)
    asked = threading.Semaphore(2)  # so many tries it is ahead of what is looked at

    def write() -> None:
        try:
            for n in range(8):
                asked.acquire()
                came(data, round_, units[n % 3], 9)
                written.release()
        except Exception as error:
            failed.append(error)
        finally:
            written.release(8)
            connections.close_all()

    for unit in units:  # their workbooks are made once
        came(data, round_, unit, 9)
    writer = threading.Thread(target=write)
    writer.start()
    found = []
    for _ in range(8):  # each while the next one is written
        written.acquire()
        asked.release()
        found.append(verify_round(data, round_))
    writer.join()
    found.append(verify_round(data, round_))
    assert failed == []
    assert [problem for one in found for problem in one.problems] == []
    assert [one.receipts for one in found] == sorted(one.receipts for one in found)
    assert (found[0].receipts < 11, found[-1].receipts) == (True, 11)


def test_a_publication_that_nobody_released_is_found(corrected: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though it is computed to the byte, and on record: the office had no leader's release of it."""
    round_, office = the_round(), seat_of(Role.OFFICE)
    came(corrected, round_, "XZ-01", 3)
    final_run(corrected, round_, office)
    prepared = publishing.prepare(corrected, round_)
    monkeypatch.setattr(publishing, "_released_by", lambda *_: "王某")
    publishing.publish(corrected, round_, prepared, "更正", office, NOW)
    ((code, found),) = faults(corrected)
    assert (code, found) == (Code.R273, "publication 3")
    (problem,) = verify_round(corrected, round_).problems
    assert part(problem, "found", Language.ZH) == "公布以前没有领导同意它的记录"


def test_whom_it_names_is_who_released_it(corrected: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    round_, office = the_round(), seat_of(Role.OFFICE)
    came(corrected, round_, "XZ-01", 3)
    final_run(corrected, round_, office)
    prepared = publishing.prepare(corrected, round_)
    leader = seat_of(Role.LEADER)
    monkeypatch.setattr(publishing, "_released_by", lambda *_: "另一人")
    publishing.publish(corrected, round_, prepared, "更正", office, NOW, leader=leader, released_by="王某")
    (problem,) = verify_round(corrected, round_).problems
    assert part(problem, "found", Language.ZH) == "登记的同意人是另一人，办理记录中是王某"


def test_a_leader_who_publishes_needs_no_other_release(corrected: Data) -> None:
    round_ = the_round()
    came(corrected, round_, "XZ-01", 3)
    final_run(corrected, round_, seat_of(Role.OFFICE))
    publishing.publish(corrected, round_, publishing.prepare(corrected, round_), "更正", seat_of(Role.LEADER), NOW)
    assert faults(corrected) == []
