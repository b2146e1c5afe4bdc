"""A round as a plain folder and back: the bytes of the run, the same export again, nothing that was changed by hand.

Reaches ``cli/commands/round_export.py``, ``cli/commands/round_import.py``, ``rounds/rows.py``, ``rounds/whole.py``.
"""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import long_names
import pytest
from calls import run
from round_books import answered
from round_full import HARM, came, fill_all
from round_made import NOW, FailingDisk, make_round
from round_published import remember
from test_cli import Captured

from lawgov_score.catalogue import Code
from lawgov_score.files import CannotWriteError
from lawgov_score.problems import RefusedError, TextPlace
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import KEY, Data, opened
from lawgov_score.rounds.events import broken_links, head
from lawgov_score.rounds.exporting import MANIFEST, export_round, exported, safe_name, score_command, sealed_list, seals
from lawgov_score.rounds.importing import Imported, import_round
from lawgov_score.rounds.kept import keep, keep_folder
from lawgov_score.rounds.models import (
    Assignment,
    Decision,
    Event,
    Evidence,
    File,
    Holiday,
    Leave,
    Notice,
    Objection,
    Publication,
    Round,
    Run,
)
from lawgov_score.rounds.names import FileKind, Role, RoundState
from lawgov_score.rounds.plain import canonical
from lawgov_score.rounds.receipts import check_receipt, make_key, public_key, short, sign_receipt
from lawgov_score.rounds.running import outputs_of
from lawgov_score.rounds.states import move
from lawgov_score.rounds.store import sha256_of
from lawgov_score.rounds.verifying import verify_round


@pytest.fixture(autouse=True)
def fixture_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    remember(monkeypatch)


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with something in every table."""
    folder = make_round(tmp_path_factory.mktemp("full"))
    with opened(folder) as data:
        fill_all(data)
    return folder


@pytest.fixture
def there(full: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(full, tmp_path / "data"))


@pytest.fixture(scope="session")
def once(full: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("once") / "导出"
    with opened(full) as data:
        export_round(data, the_round(), out)
    return out


@pytest.fixture
def out(once: Path, tmp_path: Path) -> Path:
    """Its export."""
    return Path(shutil.copytree(once, tmp_path / "导出"))


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _import(folder: Path, into: Path, **more: object) -> Imported:
    return import_round(folder, into, now=NOW, **more)  # type: ignore[arg-type]


def test_every_table_has_something(full: Path) -> None:
    with opened(full):
        empty = [
            model.__name__
            for model in (Assignment, Decision, Event, Evidence, File, Holiday, Leave, Notice, Objection, Publication)
            if not model.objects.exists()
        ]
    assert empty == []


def test_every_column_takes_long_names(there: Path) -> None:
    with opened(there):
        long_names.all_take_them()


def test_the_folder_is_that_of_the_contract(once: Path) -> None:
    files = set(_bytes(once))
    assert {
        "tree/tree.yaml",
        "roster.csv",
        "received/XZ-01.xlsx",
        "received/XZ-02.xlsx",
        "office/复核改分.csv",
        "events.jsonl",
        "published/1/scorecard.xlsx",
        "published/1/ranking.csv",
        "published/2/changes.csv",
        "published/1/html/public/index.html",
    } <= files
    assert {one.name for one in (once / "received").iterdir()} == {"XZ-01.xlsx", "XZ-02.xlsx", "BM-01.xlsx"}
    assert len(list((once / "earlier" / "XZ-01").iterdir())) == len(HARM) - 1
    assert not any(name.endswith("key") for name in files)


@pytest.mark.parametrize("place", ["一处", "another place"])
def test_score_on_it_gives_the_bytes_of_the_run_and_verify_passes(
    full: Path, once: Path, tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    folder = Path(shutil.copytree(once, tmp_path / place))
    monkeypatch.chdir(folder)
    given = ("tree", "received", "--roster", "roster.csv", "--assessor", "office")
    to = tmp_path / "out"
    outputs = ("-o", to / "scorecard.xlsx", "--csv", to, "--cards", to / "cards", "--html", to / "html")
    assert run("score", *given, *map(str, outputs)) == 0
    with opened(full) as data:
        assert _bytes(to) == outputs_of(data, Run.objects.get(n=2))
    published = _bytes(folder / "published" / "2")
    assert "BM-01" in published.pop("changes.csv").decode("utf-8-sig")
    assert _bytes(to) == published
    assert run("verify", "published/2/scorecard.xlsx", *given) == 0, capsys.readouterr().out


@pytest.mark.parametrize("name", [*HARM, "", ".", "..", "x" * 400 + ".xlsx", "\udcff.xlsx", "a/b/c.xlsx"])
def test_names_as_they_were_sent_do_no_harm(name: str, tmp_path: Path) -> None:
    safe = f"2-{safe_name(name)}"
    assert "/" not in safe
    assert "\\" not in safe
    assert safe.isprintable()
    assert len(safe.encode()) < 160
    (tmp_path / safe).write_bytes(b"")
    assert [one.name for one in tmp_path.iterdir()] == [safe]


def test_export_import_export_gives_the_same_bytes(once: Path, tmp_path: Path) -> None:
    made = _import(once, tmp_path / "另一台" / "data")
    with opened(tmp_path / "另一台" / "data") as data:
        assert list(broken_links()) == []
        assert [f for f in map(data.store.fault, data.store.all()) if f] == []
        export_round(data, the_round(), tmp_path / "again")
        assert Event.objects.count() == made.events
    assert _bytes(tmp_path / "again") == _bytes(once)


def test_the_round_goes_on_where_it_was_imported(full: Path, once: Path, tmp_path: Path) -> None:
    _import(once, tmp_path / "data")
    with opened(tmp_path / "data") as data:
        round_, office = the_round(), seat_of(Role.OFFICE)
        before = head().seq
        move(round_, RoundState.ARCHIVED, round_.version, office, "", NOW)
        came(data, round_, "BM-01", 3)  # its receipt is signed by the key of the second machine
        assert head().seq == before + 2
        assert verify_round(data, round_).problems == ()
        export_round(data, round_, tmp_path / "second")
    made = _import(tmp_path / "second", tmp_path / "third")
    with opened(tmp_path / "data") as data:
        assert made.sealed_by == short(public_key(data.folder / KEY))
    with opened(tmp_path / "third") as data:
        assert the_round().state == RoundState.ARCHIVED
        assert list(broken_links()) == []
        export_round(data, the_round(), tmp_path / "fourth")
        keys = [read.public for _, read in seals(data)]
    assert _bytes(tmp_path / "fourth") == _bytes(tmp_path / "second")
    assert keys == [public_key(full / KEY), public_key(tmp_path / "data" / KEY)]


def test_the_key_goes_along_only_where_it_is_given(full: Path, once: Path, tmp_path: Path) -> None:
    made = _import(once, tmp_path / "without")
    assert made.key != made.sealed_by == short(public_key(full / KEY))
    made = _import(once, tmp_path / "with", key=full / KEY)
    assert made.key == made.sealed_by
    assert (tmp_path / "with" / KEY).read_bytes() == (full / KEY).read_bytes()
    assert (tmp_path / "with" / KEY).stat().st_mode & 0o077 == 0
    make_key(tmp_path / "other")
    with pytest.raises(RefusedError) as refused:
        _import(once, tmp_path / "no", key=tmp_path / "other")
    assert refused.value.problem.code is Code.R263
    assert not (tmp_path / "no").exists()


def _figure(out: Path) -> None:
    (out / "received" / "XZ-01.xlsx").write_bytes(answered("XZ-01", 10, 10))


def _gone(out: Path) -> None:
    (out / "received" / "XZ-02.xlsx").unlink()


def _more(out: Path) -> None:
    shutil.copy(out / "received" / "XZ-02.xlsx", out / "received" / "BM-02.xlsx")


def _line(out: Path) -> None:
    lines = (out / "events.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (out / "events.jsonl").write_text("".join(lines[:-1]), encoding="utf-8")


def _listed(out: Path) -> None:
    """The list of files changed along with the file."""
    _figure(out)
    said = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    said["files"]["received/XZ-01.xlsx"] = sha256_of((out / "received" / "XZ-01.xlsx").read_bytes())
    (out / "manifest.json").write_text(canonical(said), encoding="utf-8")


def _device(out: Path) -> None:
    (out / "roster.csv").unlink()
    os.mkfifo(out / "roster.csv")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (_figure, "received/XZ-01.xlsx"),
        (_gone, "received/XZ-02.xlsx"),
        (_more, "received/BM-02.xlsx"),
        (_line, "events.jsonl"),
        (_listed, "manifest.json"),
        (_device, "roster.csv"),
    ],
)
def test_a_folder_edited_by_hand_is_refused_with_the_place(
    out: Path, tmp_path: Path, change: Callable[[Path], None], place: str
) -> None:
    change(out)
    with pytest.raises(RefusedError) as refused:
        _import(out, tmp_path / "data")
    assert [(one.code, one.place) for one in refused.value.problems] == [
        (Code.R261, TextPlace((out / place).as_posix()))
    ]
    assert not (tmp_path / "data").exists()


def test_what_systems_leave_when_they_copy_is_no_change(out: Path, tmp_path: Path) -> None:
    for name in (".DS_Store", "received/Thumbs.db", "desktop.ini"):
        (out / name).write_bytes(b"x")
    assert _import(out, tmp_path / "data").files


# ---------------------------------------------------------------- forged: listed and sealed anew, with another key


def _resealed(out: Path, tmp_path: Path, **files: bytes) -> None:
    """Other contents under the same names (``_`` for a dot), listed and sealed by somebody else."""
    said = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    for key, content in files.items():
        name = key.replace("_jsonl", ".jsonl")
        (out / name).write_bytes(content)
        said["files"][name] = sha256_of(content)
    _seal(out, tmp_path, said)


def _seal(out: Path, tmp_path: Path, said: object) -> None:
    manifest = f"{canonical(said)}\n".encode()
    (out / "manifest.json").write_bytes(manifest)
    make_key(tmp_path / "forger")
    facts = check_receipt((out / "seal.txt").read_text(encoding="utf-8")).facts
    seal = sign_receipt(tmp_path / "forger", {**facts, "清单指纹": sha256_of(manifest)})
    (out / "seal.txt").write_text(seal, encoding="utf-8")


def _lines(out: Path, name: str) -> list[str]:
    return (out / name).read_text(encoding="utf-8").removesuffix("\n").split("\n")


def _joined(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _refused(out: Path, tmp_path: Path) -> tuple[Code, str, int]:
    with pytest.raises(RefusedError) as refused:
        _import(out, tmp_path / "data")
    assert not (tmp_path / "data").exists()
    place = refused.value.problem.place
    assert isinstance(place, TextPlace)
    return refused.value.problem.code, Path(place.path).name, place.line


def test_an_event_taken_out_breaks_the_chain(out: Path, tmp_path: Path) -> None:
    lines = _lines(out, "events.jsonl")
    _resealed(out, tmp_path, events_jsonl=_joined(lines[:3] + lines[4:]))
    assert _refused(out, tmp_path) == (Code.R263, "events.jsonl", 4)


def test_an_event_with_other_words_breaks_the_chain(out: Path, tmp_path: Path) -> None:
    lines = _lines(out, "events.jsonl")
    lines[1] = lines[1].replace('"open"', '"shut"')
    _resealed(out, tmp_path, events_jsonl=_joined(lines))
    assert _refused(out, tmp_path) == (Code.R263, "events.jsonl", 2)


def test_a_receipt_of_another_file_is_told(out: Path, tmp_path: Path) -> None:
    lines = _lines(out, "records.jsonl")
    changed = [
        canonical({**json.loads(line), "receipt": "no receipt"}) if '"table":"submission"' in line else line
        for line in lines
    ]
    _resealed(out, tmp_path, records_jsonl=_joined(changed))
    assert _refused(out, tmp_path)[:2] == (Code.R263, "records.jsonl")


def test_a_receipt_of_a_key_that_the_round_never_had_is_told(out: Path, tmp_path: Path) -> None:
    make_key(tmp_path / "stranger")
    rows = [json.loads(line) for line in _lines(out, "records.jsonl")]
    for row in rows:
        if row["table"] == "submission":
            row["receipt"] = sign_receipt(tmp_path / "stranger", check_receipt(row["receipt"]).facts)
    _resealed(out, tmp_path, records_jsonl=_joined(list(map(canonical, rows))))
    assert _refused(out, tmp_path)[:2] == (Code.R263, "records.jsonl")


def test_what_only_the_events_tell_is_told(out: Path, tmp_path: Path) -> None:
    """`round verify` is part of every import: a publication whose words are others than were published."""
    rows = [json.loads(line) for line in _lines(out, "records.jsonl")]
    for row in rows:
        if row["table"] == "publication":
            row["why"] = "另有原因"
    _resealed(out, tmp_path, records_jsonl=_joined(list(map(canonical, rows))))
    with pytest.raises(RefusedError) as refused:
        _import(out, tmp_path / "data")
    assert [one.code for one in refused.value.problems] == [Code.R263, Code.R273, Code.R273]
    assert not (tmp_path / "data").exists()


def test_a_publication_that_is_not_its_run_is_told(out: Path, tmp_path: Path) -> None:
    lines = [
        canonical({**json.loads(line), "fingerprint": "0" * 64}) if '"table":"publication"' in line else line
        for line in _lines(out, "records.jsonl")
    ]
    _resealed(out, tmp_path, records_jsonl=_joined(lines))
    assert _refused(out, tmp_path)[:2] == (Code.R263, "records.jsonl")


def test_a_workbook_that_is_not_the_one_on_record_is_told(out: Path, tmp_path: Path) -> None:
    said = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    path = "received/XZ-02.xlsx"
    (out / path).write_bytes(answered("XZ-02", 1, 10))
    said["files"][path] = sha256_of((out / path).read_bytes())
    _seal(out, tmp_path, said)
    assert _refused(out, tmp_path)[0] is Code.R263


@pytest.mark.parametrize(
    "line",
    [
        "no JSON",
        "[]",
        '{"table":"nothing"}',
        '{"table":"unit","id":1}',
        '{"table":"unit","id":"x","round_id":1,"place":1,"code":"X","name":"X"}',
        '{"table":"holiday","id":900,"day":"yesterday"}',
        '{"table":"file","id":900,"received_at":7}',
        '{"table":"use","id":900,"evidence_id":9000,"submission_id":9000,"indicator":"01-1","page":""}',
        '{"table":"file","id":900,"sha256":"'
        + "0" * 64
        + '","size":1,"name":"x","kind":"x","received_at":"2026-03-02T01:30:00.000000Z"}',
    ],
)
def test_a_line_that_is_no_row_is_told(out: Path, tmp_path: Path, line: str) -> None:
    lines = _lines(out, "records.jsonl")
    _resealed(out, tmp_path, records_jsonl=_joined([*lines, line]))
    code, name, at = _refused(out, tmp_path)
    assert (code, name) == (Code.R263, "records.jsonl")
    assert at in {0, len(lines) + 1}


@pytest.mark.parametrize("line", ["{}", '{"body":{"seq":"x"},"prev":"","hash":""}', '{"body":null}'])
def test_a_line_that_is_no_event_is_told(out: Path, tmp_path: Path, line: str) -> None:
    lines = _lines(out, "events.jsonl")
    _resealed(out, tmp_path, events_jsonl=_joined([*lines, line]))
    assert _refused(out, tmp_path) == (Code.R263, "events.jsonl", len(lines) + 1)


def test_text_in_another_encoding_is_told(out: Path, tmp_path: Path) -> None:
    _resealed(out, tmp_path, records_jsonl="甲".encode("gbk"))
    assert _refused(out, tmp_path)[:2] == (Code.R263, "records.jsonl")


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "D:/evil.txt", "..\\..\\evil.bat", "files/nul.txt"])
def test_a_list_that_leads_out_is_refused(out: Path, tmp_path: Path, name: str) -> None:
    said = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    said["files"][name] = "0" * 64
    _seal(out, tmp_path, said)
    assert _refused(out, tmp_path)[:2] == (Code.R263, "manifest.json")


def test_a_list_without_events_is_refused(out: Path, tmp_path: Path) -> None:
    _seal(out, tmp_path, {"format": 1, "files": {}})
    assert _refused(out, tmp_path)[:2] == (Code.R263, "manifest.json")


def test_a_folder_of_a_later_version_is_refused(out: Path, tmp_path: Path) -> None:
    _seal(out, tmp_path, {"format": 2, "files": {}})
    assert _refused(out, tmp_path)[:2] == (Code.R264, "manifest.json")


@pytest.mark.parametrize("text", ["", "[]", '{"format":1}', '{"format":[],"files":{}}'])
def test_a_list_that_is_none_is_no_export(out: Path, tmp_path: Path, text: str) -> None:
    (out / "manifest.json").write_text(text, encoding="utf-8")
    assert _refused(out, tmp_path)[:2] == (Code.R262, "manifest.json")


def test_no_export_is_told(there: Path, tmp_path: Path) -> None:
    for folder in (there, tmp_path / "nothing"):
        with pytest.raises(RefusedError) as refused:
            _import(folder, tmp_path / "new")
        assert refused.value.problem.code is Code.R262


def test_a_receipt_is_no_seal() -> None:
    assert sealed_list("no seal")[1] == ""


@pytest.mark.parametrize("is_there", [False, True])
def test_an_export_goes_into_an_empty_folder_alone(there: Path, tmp_path: Path, is_there: bool) -> None:
    out = tmp_path / "out"
    if is_there:
        out.mkdir()
    with opened(there) as data:
        export_round(data, the_round(), out)
        whole = _bytes(out)
        for name in (MANIFEST, "tree/another.yaml"):  # one of its own that says something else, and one more
            (out / name).write_bytes(b"another")
            with pytest.raises(RefusedError) as refused:
                export_round(data, the_round(), out)
            assert refused.value.problem.code is Code.R260
            (out / name).unlink()
        (out / MANIFEST).write_bytes(whole[MANIFEST])
    assert _bytes(out) == whole


def test_an_export_that_was_killed_is_gone_on_with(there: Path, tmp_path: Path) -> None:
    with opened(there) as data:
        export_round(data, the_round(), tmp_path / "out")
        whole = _bytes(tmp_path / "out")
        for name in list(whole)[::2]:
            (tmp_path / "out" / name).unlink()
        export_round(data, the_round(), tmp_path / "out")
    assert _bytes(tmp_path / "out") == whole


def test_a_data_folder_that_is_there_is_not_imported_over(once: Path, there: Path) -> None:
    with pytest.raises(RefusedError) as refused:
        _import(once, there)
    assert refused.value.problem.code is Code.R204


def test_a_content_that_is_gone_stops_the_export(there: Path, tmp_path: Path) -> None:
    with opened(there) as data:
        data.store.path(the_round().roster.sha256).unlink()
        with pytest.raises(RefusedError) as refused:
            export_round(data, the_round(), tmp_path / "out")
    assert refused.value.problem.code is Code.R205
    assert not (tmp_path / "out").exists()


def test_every_step_that_fails_leaves_no_data_folder(round_: Round, data: Data, tmp_path: Path) -> None:
    came(data, round_, "XZ-01", 3)
    export_round(data, round_, tmp_path / "out")
    at = 0
    while True:
        at += 1
        try:
            _import(tmp_path / "out", tmp_path / "into", disk=FailingDisk(at))
            break
        except CannotWriteError:
            assert not (tmp_path / "into").exists()
            assert the_round() == round_  # the folder that was open before is open again
    assert at > 20
    with opened(tmp_path / "into"):
        assert list(broken_links()) == []


def test_exporting_writes_nothing_into_the_data_folder(there: Path, tmp_path: Path) -> None:
    with opened(there) as data:
        before = head()
        first = exported(data, the_round())
        export_round(data, the_round(), tmp_path / "out")
        assert head() == before
        assert exported(data, the_round()).files == first.files


def test_the_commands(there: Path, tmp_path: Path, capsys: Captured) -> None:
    out, new = tmp_path / "导出", tmp_path / "新"
    assert run("round", "export", str(there), str(out)) == 0
    said = capsys.readouterr().out
    command = next(line for line in said.splitlines() if "score " in line).partition("lawgov-score ")[2].split()
    assert run(*command[:-2], "-o", str(tmp_path / "s.xlsx")) == 0  # the command that it names
    assert (tmp_path / "s.xlsx").read_bytes() == (out / "published" / "2" / "scorecard.xlsx").read_bytes()
    capsys.readouterr()
    assert run("round", "import", str(out), str(new)) == 0
    assert "新造的密钥" in capsys.readouterr().out
    assert run("round", "import", str(out), str(tmp_path / "b"), "--key", str(there / "key"), "--lang", "en") == 0
    assert "new key" not in capsys.readouterr().out
    assert run("round", "status", str(new)) == 0
    _figure(out)
    assert run("round", "import", str(out), str(tmp_path / "c")) == 2
    assert "received/XZ-01.xlsx" in capsys.readouterr().err


def test_previous_notice_and_weights_are_there_where_the_round_has_them(data: Data, round_: Round) -> None:
    previous = keep_folder(data, {"ranking.csv": b"unit\n"}, FileKind.OUTPUT, NOW)
    notice, weights = (keep(data, text, "x.yaml", FileKind.NOTICE, NOW) for text in (b"notice", b"weights"))
    Round.objects.update(previous=previous, notice=notice, weights=weights)
    made = exported(data, the_round())
    assert {"previous/ranking.csv", "notice.yaml", "weights.yaml"} <= set(made.files)
    assert "--previous DIR/previous --weights DIR/weights.yaml --notice DIR/notice.yaml" in score_command(made, "DIR")


def test_a_database_that_holds_a_round_already_takes_no_other(
    out: Path, there: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with a database that the setting names: every data folder has the same."""
    monkeypatch.setattr("lawgov_score.rounds.importing.opened", lambda *_, **__: opened(there))
    with pytest.raises(RefusedError) as refused:
        _import(out, tmp_path / "into")
    assert refused.value.problem.code is Code.R210
    assert not (tmp_path / "into").exists()
