"""What was published, taken out again; and the folder that it is handed out in, which appears whole or not at all."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from lawgov_score.catalogue import Code
from lawgov_score.files import CannotWriteError, new_folder, not_replaced, others_in
from lawgov_score.pipeline.plain_folder import write_plain
from lawgov_score.problems import Problem, TextPlace, display_path
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.kept import names_in
from lawgov_score.rounds.models import Publication, Round
from lawgov_score.wording import Words
from lawgov_score.workbook.submission.result_tables import CHANGES

TOLD = "publication.txt"
NEW_SINCE = Words("最近一次公布以后又有变动，还没有公布：", "Since the newest publication, and not published:")
IS_OLDER = Words(
    "这是第 {n} 次公布原来的内容；最近的是第 {last} 次。", "This is publication {n} as it was; the newest is {last}."
)


def publication_of(round_: Round, n: int) -> Publication | None:
    """The publication of a number; None: there is none."""
    found: Publication | None = round_.publications.filter(n=n).first()
    return found


def names_of(data: Data, publication: Publication) -> dict[str, str]:
    """What was published, by name, each with the sha256 of its content. Raises ``RefusedError`` (R205)."""
    names = names_in(data, publication.run.outputs)
    return names if publication.changes is None else {**names, CHANGES: publication.changes.sha256}


@contextmanager
def handed_out(folder: Path, outputs: Mapping[str, bytes]) -> Iterator[Path]:
    """The published files in a folder beside ``folder``, which they move into when the block succeeds.

    The block publishes, and writes ``publication.txt`` there. All else that may fail is done before: there is room, and
    ``folder`` is new or empty. Raises ``RefusedError`` (R277), ``CannotWriteError``.
    """
    with _into(folder, outputs, ()) as beside:
        yield beside


def hand_out_again(data: Data, publication: Publication, folder: Path) -> int:
    """Writes what was published, as it was kept; how many files that are. Raises as ``handed_out``, and R205.

    Of the same files some may be there: whoever was killed while they were written begins again.
    """
    outputs = {name: data.store.read(sha256) for name, sha256 in names_of(data, publication).items()}
    with _into(folder, outputs, (*outputs, TOLD)) as beside:
        (beside / TOLD).write_text(publication.told, encoding="utf-8")
    return len(outputs) + 1


@contextmanager
def _into(folder: Path, outputs: Mapping[str, bytes], may_be_there: Collection[str]) -> Iterator[Path]:
    if others := others_in(folder, may_be_there):
        raise CannotWriteError(Problem(Code.R277, TextPlace(display_path(folder)), {"found": others[0]}))
    try:
        with new_folder(folder) as beside:
            write_plain(outputs, beside)
            yield beside
    except CannotWriteError as refused:
        raise not_replaced(refused, Code.R277) from refused
