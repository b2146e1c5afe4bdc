"""The form of a catalogue entry for one problem code."""

from dataclasses import dataclass
from enum import StrEnum

from lawgov_score.wording import Face, Words


class Severity(StrEnum):
    """The severity of a problem, the gravest first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Entry:
    """One problem code: its texts, each a template for the figures in ``values`` of a ``Problem``.

    ``title`` names the fault, ``expected`` what should be there, ``found`` what is there, ``hint`` what to do;
    ``on_desk`` says that on a page, where nobody types commands, if ``hint`` names a command or an option.
    ``example`` shows the fault as in a file, ``cure`` the same corrected: both are printed by
    ``lawgov-score problem CODE`` and in docs/problems.md. A text that is the same in both languages (YAML, a command)
    is given once.
    """

    severity: Severity
    title: Words
    expected: Words
    found: Words
    hint: Words
    example: Words | str
    cure: Words | str
    on_desk: Words | None = None

    def hint_at(self, face: Face) -> Words:
        """What to do, for readers of this face."""
        return self.hint if face is Face.COMMANDS or self.on_desk is None else self.on_desk


EXPECTED = Words("{expected}", "{expected}")
FOUND = Words("{found}", "{found}")
NOTHING = Words("", "")
FROM_TEMPLATE = Words(
    "请用本次下发的填报表填写，另存后重新报送", "Fill in the workbook that was sent out for this round and return it"
)
