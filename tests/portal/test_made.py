"""What long work makes: downloaded by name alone, all as one zip, gone with its job. Reaches ``working/made.py``."""

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from desk_visitor import Visitor, body_of, work
from round_made import NOW

from lawgov_score.portal import work as table
from lawgov_score.portal.places import Place
from lawgov_score.portal.work import WORK, Work
from lawgov_score.portal.working.made import forget_earlier, keep_made, made_of
from lawgov_score.portal.working.task import Task
from lawgov_score.rounds import jobs
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.desk_models import Job
from lawgov_score.rounds.models import Seat
from lawgov_score.rounds.posted import new_token
from lawgov_score.wording import Words

MADE = {"东乡.xlsx": b"1", "=1+1.csv": b"2", "../../<b>\u202e.txt": b"3"}
Begun = Callable[..., Job]


def making(task: Task) -> dict[str, object]:
    if task.values.get("is_alone"):
        forget_earlier(task)
    for name, content in MADE.items():
        keep_made(task, name, content)
    if task.values.get("fails"):
        raise ValueError("broken off")
    return {"to": "/"}


@pytest.fixture
def begun(data: Data, office: Seat, monkeypatch: pytest.MonkeyPatch) -> Begun:
    known = {**WORK, "try": Work(Words("试制", "Trying"), Place.OVERVIEW, making)}
    monkeypatch.setattr(table, "WORK", known)

    def begin(**values: object) -> Job:
        job = jobs.begin(data, new_token(), "try", values, (), office, NOW)
        work(data)
        job.refresh_from_db()
        return job

    return begin


def test_each_file_by_its_name_and_all_as_one_zip(visitor: Visitor, begun: Begun, data: Data) -> None:
    job = begun()
    there = made_of(data, job)
    assert sorted(path.read_bytes() for path in there.values()) == sorted(MADE.values())
    for name, path in there.items():
        answer = visitor.client.get(f"/jobs/{job.n}/files/{quote(name)}")
        assert answer.status_code == 200
        assert body_of(answer) == path.read_bytes()
        assert unquote(answer["Content-Disposition"].partition("''")[2]) == name
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer["Content-Security-Policy"]
    all_ = visitor.client.get(f"/jobs/{job.n}/all.zip")
    content = body_of(all_)
    assert unquote(all_["Content-Disposition"]).endswith(f"试制-{job.n}.zip")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            name: path.read_bytes() for name, path in there.items()
        }
    assert content == body_of(visitor.client.get(f"/jobs/{job.n}/all.zip"))


@pytest.mark.parametrize(
    "name", ["../../round.sqlite3", "..%2F..%2Fround.sqlite3", "%2Fetc%2Fpasswd", "nothing.txt", "..", "东乡.xlsx%00"]
)
def test_nothing_else_is_given(visitor: Visitor, begun: Begun, name: str) -> None:
    job = begun()
    assert visitor.client.get(f"/jobs/{job.n}/files/{name}").status_code == 404
    assert visitor.client.get(f"/jobs/{job.n + 1}/all.zip").status_code == 404


def test_a_link_in_the_folder_is_no_file_of_it(visitor: Visitor, begun: Begun, data: Data) -> None:
    job = begun()
    (jobs.made_folder(data, job) / "key.txt").symlink_to(data.folder / "key.pem")
    assert visitor.client.get(f"/jobs/{job.n}/files/key.txt").status_code == 404


def test_what_a_failed_try_has_left_is_not_given_and_the_next_begins_anew(
    visitor: Visitor, begun: Begun, data: Data
) -> None:
    job = begun(fails=True)
    assert job.state == "failed"
    assert visitor.client.get(f"/jobs/{job.n}/all.zip").status_code == 404
    Job.objects.filter(n=job.n).update(state="queued", values={})
    (jobs.made_folder(data, job) / "left.txt").write_bytes(b"of the first try")
    work(data)
    assert "left.txt" not in made_of(data, job)
    assert len(made_of(data, job)) == len(MADE)


def test_what_is_large_is_kept_once(begun: Begun, data: Data) -> None:
    first, second = begun(), begun(is_alone=True)
    assert made_of(data, first) == {}
    assert len(made_of(data, second)) == len(MADE)


def test_files_go_with_their_job(begun: Begun, data: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_KEPT", 1)
    first = begun()
    Job.objects.filter(n=first.n).update(ended_at=NOW - timedelta(days=3650))
    second = begun()
    assert {path.name for path in (data.folder / jobs.MADE).iterdir()} == {second.token}
    Job.objects.filter(n=second.n).delete()
    jobs.recover(data, NOW)
    assert list((data.folder / jobs.MADE).iterdir()) == []


def test_only_their_owner_reads_them(begun: Begun, data: Data) -> None:
    job = begun()
    folder: Path = jobs.made_folder(data, job)
    assert folder.stat().st_mode & 0o77 == 0
    assert all(path.stat().st_mode & 0o77 == 0 for path in folder.iterdir())
