"""The places of the desk: what its navigation lists, in the order of the year."""

from dataclasses import dataclass
from enum import Enum

from lawgov_score.wording import Words


@dataclass(frozen=True, slots=True)
class _Listed:
    address: str
    name: Words


class Place(Enum):
    """A page of the navigation: its address, and its name."""

    OVERVIEW = _Listed("/", Words("总览", "Overview"))
    UNITS = _Listed("/units/", Words("单位", "Units"))
    SUBMISSIONS = _Listed("/submissions/", Words("报送", "Submissions"))
    RETURNS = _Listed("/returns/", Words("退回", "Returns"))
    REVIEW = _Listed("/review/", Words("评定", "Review"))
    TRIAL = _Listed("/trial/", Words("试算", "Trial"))
    OBJECTIONS = _Listed("/objections/", Words("异议", "Objections"))
    PUBLICATION = _Listed("/publication/", Words("公布", "Publication"))
    DOCUMENTS = _Listed("/documents/", Words("文书", "Documents"))
    RECORDS = _Listed("/records/", Words("记录", "Record"))

    @property
    def address(self) -> str:
        """Where it is."""
        return self.value.address

    @property
    def title(self) -> Words:
        """What it is called. (``name`` is Python's own.)"""
        return self.value.name


PLACES = tuple(Place)
