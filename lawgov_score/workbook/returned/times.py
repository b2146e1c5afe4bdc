"""When a copy goes back, and until when it is to be sent again; what nobody has said is a blank to fill in by hand."""

from dataclasses import dataclass

from lawgov_score.content.appeal import BLANK_DAY
from lawgov_score.wording import Text


@dataclass(frozen=True, slots=True)
class Times:
    """The day of the return, and the day or hour that it is due, as an office writes them."""

    returned: Text = BLANK_DAY
    due: Text = BLANK_DAY


NOT_SAID = Times()
