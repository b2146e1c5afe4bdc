"""Data folders of rounds that earlier versions made open, are verified, and go on; and so does this version's own.

``make.py`` makes one for each version from 0.9.0 on.
"""

from pathlib import Path

import pytest
from calls import run
from deeds import quick
from earlier.make import ROUND, make_round, unpacked
from round_books import answered

from lawgov_score import __version__
from lawgov_score.rounds.creation import the_round
from lawgov_score.rounds.data import BACKUPS, opened
from lawgov_score.rounds.models import Change, Decision, Event, Leave, Mark, Notice, OfficeBook, Publication, Submission
from lawgov_score.rounds.verifying import verify_round
from lawgov_score.two_languages import problem_in
from lawgov_score.wording import Language

HERE = Path(__file__).parent
KEPT = sorted(HERE.glob(f"*/{ROUND}"))
MOST_BYTES = 400_000  # of one version's


@pytest.fixture(scope="module", params=[*KEPT, None], ids=lambda place: place.parent.name if place else __version__)
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two texts of a version; of this one they are made now."""
    if request.param is not None:
        return Path(request.param)
    made = tmp_path_factory.mktemp("made") / __version__ / ROUND
    with pytest.MonkeyPatch.context() as patch, quick(patch):
        make_round(made)
    return made


def test_every_version_with_rounds_has_one() -> None:
    versions = [path.name for path in HERE.iterdir() if path.is_dir() and path.name[0].isdigit()]
    later = {name for name in versions if tuple(map(int, name.split("."))) >= (0, 9, 0)}
    assert {path.parent.name for path in KEPT} == later


def test_it_opens_is_verified_and_goes_on(place: Path, tmp_path: Path) -> None:
    assert {path.name for path in place.iterdir()} == {"database.sql", "files.txt"}
    assert sum(path.stat().st_size for path in place.iterdir()) < MOST_BYTES
    folder = unpacked(place, tmp_path / "data")
    with opened(folder) as data:
        round_ = the_round()
        events = Event.objects.count()
        assert verify_round(data, round_).problems == ()
        assert (round_.state, Publication.objects.count(), Decision.objects.count()) == ("published", 1, 1)
        assert Submission.objects.count() == 4
        kept = [one for sent in Submission.objects.all() for one in sent.problems]
        assert kept
        assert all(problem_in(one, lang)["title"] for one in kept for lang in Language)
        assert all(model.objects.exists() for model in (Change, Leave, Notice, OfficeBook))
        assert not Mark.objects.exists()
    (tmp_path / "anew.xlsx").write_bytes(answered("BM-01", 10, 10))
    for words in (  # in this process: seconds, not minutes
        ("leave", str(folder), "--unit", "BM-01", "--until", "2099-12-30", "--why", "更正"),
        ("receive", str(folder), str(tmp_path / "anew.xlsx")),
        ("run", str(folder), "--kind", "final"),
        ("publish", str(folder), "--why", "更正", "--released-by", "李某"),
        ("verify", str(folder)),
        ("export", str(folder), str(tmp_path / "exported")),
        ("import", str(tmp_path / "exported"), str(tmp_path / "there")),
    ):
        with pytest.MonkeyPatch.context() as patch, quick(patch):
            assert run("round", *words) == 0, words
    with opened(folder):
        assert Event.objects.count() > events
        assert Publication.objects.count() == 2
    is_of_now = place.parent.name == __version__
    assert not (folder / BACKUPS).exists() or not is_of_now
