"""Who writes cards and pages changes nothing of what comes out; whatever befalls them, outputs are whole or not there.

Reaches ``workbook/card/folder.py``.
"""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
import tasks
from calls import run
from test_cli import Captured, a_small_tree, a_table
from test_cli_outputs import contents

from lawgov_score import pipeline
from lawgov_score.pipeline.progress import Thing
from lawgov_score.wording import Language

UNITS = ("A", "B", "C", "D", "E", "F", "G")
WRITES = "lawgov_score.workbook.card.folder.write_task"
posix = pytest.mark.skipif(os.name != "posix", reason="signals")


@pytest.fixture
def inputs(tmp_path: Path) -> tuple[str, str]:
    """A tree and a table of seven units."""
    return a_small_tree(tmp_path), a_table(tmp_path, *(f"{code},{at % 3},3" for at, code in enumerate(UNITS)))


def written(inputs: tuple[str, str], out: Path, *options: str, lang: str = "zh") -> dict[str, str]:
    """The fingerprint of every card and page, by its name."""
    outputs = ("--cards", str(out / "cards"), "--html", str(out / "html"))
    assert run("score", *inputs, *outputs, *options, "--lang", lang) == 0
    return contents(out)


@pytest.mark.parametrize(("lang", "numbers"), [("zh", "23"), ("en", "2")])
def test_cards_and_pages_are_the_same_bytes_by_any_number(
    inputs: tuple[str, str], tmp_path: Path, lang: str, numbers: str
) -> None:
    here = written(inputs, tmp_path / "1", "--jobs", "1", lang=lang)
    assert len(here) == 2 * len(UNITS) + 2
    for jobs in numbers:
        assert written(inputs, tmp_path / jobs, "--jobs", jobs, lang=lang) == here


def test_who_watches_sees_every_card_and_page_go_by(inputs: tuple[str, str], tmp_path: Path) -> None:
    done = pipeline.assess(Path(inputs[0]), [Path(inputs[1])])
    assert isinstance(done, pipeline.ScoredAssessment)
    seen: list[str] = []

    def watch(items: Sequence[Thing], what: str) -> Iterable[Thing]:
        for item in items:
            yield item
            seen.append(what)

    with pipeline.Workers(done, jobs=2) as workers:
        outputs = pipeline.Outputs(cards=tmp_path / "cards", html=tmp_path / "html")
        pipeline.write_outputs(done, outputs, Language.ZH, watch, workers)
    assert seen == ["advice", *["card"] * len(UNITS), *["page"] * len(UNITS)]


def test_a_folder_that_cannot_be_written_is_known_before_anything_is_worked_out(
    inputs: tuple[str, str], tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(pipeline.Workers, "advices", lambda *_: pytest.fail("advice was sought"))
    for option in ("--cards", "--html"):
        assert run("score", *inputs, option, str(tmp_path / "file" / "out"), "--jobs", "2") == 2
        assert "O101" in capsys.readouterr().err


# ------------------------------------------------- what may befall a process


def test_a_card_whose_process_was_ended_once_is_written_all_the_same(
    inputs: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = written(inputs, tmp_path / "1", "--jobs", "1")
    monkeypatch.setenv(tasks.MARK, str(tmp_path / "mark"))
    monkeypatch.setattr(WRITES, tasks.a_card_that_dies_once)
    assert written(inputs, tmp_path / "2", "--jobs", "2") == whole
    assert (tmp_path / "mark").exists()


@pytest.mark.parametrize(
    ("task", "code", "said"),
    [
        (tasks.a_card_that_dies, 2, ("O117", "SIGKILL")),
        (tasks.a_card_on_a_full_disk, 2, ("O102",)),
        (tasks.a_card_of_ours_that_fails, 3, ("X900", "ValueError: tea", "in a_card_of_ours_that_fails")),
    ],
)
def test_where_one_card_cannot_be_written_none_is(
    inputs: tuple[str, str],
    tmp_path: Path,
    task: object,
    code: int,
    said: tuple[str, ...],
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(WRITES, task)
    out, before = tmp_path / "out", contents(tmp_path)
    assert run("score", *inputs, "--cards", str(out), "--jobs", "2") == code
    err = capsys.readouterr().err
    assert all(word in err for word in said)
    assert not out.exists()
    assert contents(tmp_path) == before


def test_what_was_there_stays_where_a_card_cannot_be_written(
    inputs: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    assert run("score", *inputs, "--cards", str(out)) == 0
    before = contents(out)
    a_table(tmp_path, *(f"{code},3,3" for code in UNITS))
    monkeypatch.setattr(WRITES, tasks.a_card_on_a_full_disk)
    assert run("score", *inputs, "--cards", str(out), "--jobs", "3") == 2
    assert contents(out) == before
    assert {path.name for path in out.iterdir()} == set(before)  # and no temporary folder
