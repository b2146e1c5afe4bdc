"""A text of a tree that names a year or a day: somebody looks at it when the next edition is made."""

from dataclasses import dataclass

from lawgov_score.problems import TextPlace
from lawgov_score.wording import Text


@dataclass(frozen=True, slots=True)
class YearBound:
    """What it is (名称, 依据, 期限 …), what it says there, and where."""

    label: Text
    excerpt: str
    place: TextPlace
