"""The inputs of the demonstration: published reports, and a made-up round with its usual troubles."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from lawgov_score import carried
from lawgov_score.files import whole_folder

TREE = "qujialing-2017"
_REPORTS, _ROUND = "published-reports", "sample-round"
_SENT = "submissions"  # in the folder of each example: what units sent, and the roster
_ROSTER, _NOTICE = "roster.csv", "notice.yaml"


@dataclass(frozen=True, slots=True)
class Example:
    """One round to be scored: its inputs, and the folder that holds them and takes the results."""

    folder: Path
    is_whole_round: bool  # with a notice and pages, and with faults on purpose

    @property
    def sent(self) -> Path:
        """The folder of the units' workbooks."""
        return self.folder / _SENT

    @property
    def roster(self) -> Path:
        """The roster of its units."""
        return self.sent / _ROSTER

    @property
    def notice(self) -> Path:
        """How to object to its results."""
        return self.sent / _NOTICE

    @property
    def office(self) -> Path:
        """The office's own workbooks, if the round has any."""
        return self.sent / "office"

    @property
    def previous(self) -> Path:
        """The results of the year before, if the round has any."""
        return self.sent / "previous"


def write_examples(folder: Path, *, overwrite: bool = False) -> tuple[Example, ...]:
    """Writes the inputs of both rounds to ``folder``, each to a folder of its own. Raises ``CannotWriteError``.

    What lies there and differs (somebody practised on it) is replaced only with ``overwrite``.
    """
    with whole_folder(folder, overwrite=overwrite) as temporary:
        for name in (_REPORTS, _ROUND):
            sent = temporary / name / _SENT
            sent.mkdir(parents=True)
            for file in sorted((carried.home() / "submissions" / name).iterdir()):
                is_made = name == _ROUND and file.suffix == ".xlsx"
                if file.is_file() and not is_made:
                    shutil.copyfile(file, sent / file.name)
        if carried.script("make_sample_round").main(temporary / _ROUND / _SENT) != 0:
            raise RuntimeError("the sample round does not fit its tree")
    return Example(folder / _REPORTS, is_whole_round=False), Example(folder / _ROUND, is_whole_round=True)
