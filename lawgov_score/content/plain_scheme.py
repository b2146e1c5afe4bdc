"""A scheme as an office's own table has it, none of it judged: what a first tree is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from lawgov_score.problems import CellPlace
from lawgov_score.wording import Words


class Kind(Enum):
    """What a column of an office's table says."""

    CODE = Words("编码", "code")
    LEVEL = Words("各级指标", "levels")
    POINTS = Words("分值", "points")
    STANDARD = Words("评分标准", "scoring standard")
    LEAD = Words("牵头单位", "lead")
    ASSIST = Words("责任单位", "responsible")
    EVIDENCE = Words("佐证材料", "evidence")
    NOTE = Words("说明", "notes")


@dataclass(frozen=True, slots=True)
class PlainNode:
    """A row, or a group over several: what its cells say. ``points``: None where they are not known.

    ``texts``: by column; of a group none. ``code``: its own, '' where the table has none that can be used.
    ``is_asked``: a group whose points stand there and cannot be read; without any it is worth what is below it.
    """

    title: str
    place: CellPlace
    points: float | None = None
    code: str = ""
    texts: Mapping[Kind, str] = field(default_factory=dict)
    children: "tuple[PlainNode, ...]" = ()
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class PlainScheme:
    """The table. ``title``: what stands above it; ``levels``: the headings of its levels.

    ``points``: the table's own total, None where it has none. ``apart``: rows that were not taken for items of the
    scheme, as they stand: those below the total, and those that are called bonus or penalty.
    """

    title: str
    levels: tuple[str, ...]
    nodes: tuple[PlainNode, ...]
    points: float | None = None
    apart: tuple[str, ...] = ()
