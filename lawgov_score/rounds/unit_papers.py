"""What a unit is given for what it sent: its receipt, and the page that it prints, signs and seals, as named files."""

from collections.abc import Mapping, Sequence

from lawgov_score.files import file_names
from lawgov_score.report import render
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.kept import read
from lawgov_score.rounds.models import Submission
from lawgov_score.wording import Language, Words

RECEIPT, PAGE = ".txt", ".html"  # what tells them apart
_NAMES = (
    (RECEIPT, Words("{unit} {name} 第{n}次 回执", "{unit} {name} {n} receipt")),
    (PAGE, Words("{unit} {name} 第{n}次 确认单", "{unit} {name} {n} confirmation")),
)


def papers(data: Data, submissions: Sequence[Submission], lang: Language) -> Mapping[str, bytes]:
    """Both of each, by names that differ on every system; no page where none was made.

    Raises ``RefusedError`` (R205).
    """
    found: dict[str, bytes] = {}
    for suffix, words in _NAMES:
        called = [render(words(unit=one.unit.code, name=one.unit.name, n=one.n), lang) for one in submissions]
        for name, one in zip(file_names(called, suffix), submissions, strict=True):
            if suffix == RECEIPT:
                found[name] = one.receipt.encode("utf-8-sig")  # so that Notepad of old systems reads it
            elif one.page is not None:
                found[name] = read(data, one.page)
    return dict(sorted(found.items()))
