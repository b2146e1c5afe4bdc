"""What is written once at the head (`scales`, `blocks`) and used by name: written out before anything is checked."""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from functools import cache
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem
from lawgov_score.rules import KINDS
from lawgov_score.tree.blocks import BLOCK, Blocks
from lawgov_score.tree.document import Document, Where, items_of
from lawgov_score.tree.finding import nearest
from lawgov_score.tree.members import entries
from lawgov_score.tree.piece import Piece, Room, piece_of
from lawgov_score.tree.shape import check_shape, rule_schema, rules_in
from lawgov_score.tree.source import MOST_VALUES
from lawgov_score.wording import Words

_KEYS = ("scales", "blocks")
_SCALE = Words("选项表", "scale")
_NONE = Words(
    "在 tree.yaml 的 scales 里写好它，或在这里写成列表", "Write it under `scales` in tree.yaml, or write a list here"
)
_MANY = Words("写出来不超过 {most} 个值", "at most {most} values when written out")


class Once:
    """The scales and blocks of one tree, and what is wrong with how they are written and used."""

    def __init__(self, head: Document) -> None:
        """Takes `scales` and `blocks` out of the data of ``head``."""
        self.head = head
        self._problems: list[Problem] = []
        given = {key: head.data.pop(key) for key in _KEYS if key in head.data} if isinstance(head.data, dict) else {}
        if given:
            checked, self._problems = check_shape(replace(head, data=given), "once")
            self.head = replace(head, gaps=checked.gaps)
        whole = Piece(given, dict(self.head.spots), set(self.head.gaps))
        self._scales, self._given_blocks = (_mapping(whole, key) for key in _KEYS)
        self._used: set[str] = set()
        self._room = Room()
        self._blocks = Blocks(self._given_blocks, self._room)

    def written_out(self, document: Document) -> Document:
        """A file of the tree without scales and blocks: what they stand for is in their place."""
        if not isinstance(document.data, dict) or not (_uses_blocks(document.data) or any(_names(document.data))):
            return document
        piece = piece_of(document)
        self._blocks.write_out(piece)
        for where, holder, key in [*_names(piece.data)]:
            self._scale((*where, key), holder[key], piece)
        texts = {**self.head.texts, **document.texts}
        return replace(document, data=piece.data, spots=piece.spots, gaps=frozenset(piece.gaps), texts=texts)

    def told(self, *, is_complete: bool) -> list[Problem]:
        """All problems. ``is_complete``: were all files read, so that what has no use is a problem?"""
        unused = [*self._unused()]
        problems = [*self._problems, *self._blocks.told()]
        is_certain = is_complete and not any(problem.code is Code.T276 for problem in problems)
        return [*problems, *(unused if is_certain else ())]

    def _unused(self) -> Iterator[Problem]:
        """T275 for every scale and block that nothing names, not even a block that is not used itself."""
        idle = {"nodes": [*self._blocks.idle.values()]}
        scales = {*self._used, *(holder[key] for _, holder, key in _names(idle))}
        blocks = {*(node.data.get("block") for node in entries(idle))}
        for given, used, what in ((self._scales, scales, _SCALE), (self._given_blocks, blocks, BLOCK)):
            for name in given.data if what is _SCALE else self._blocks.idle:
                if name not in used:
                    yield Problem(Code.T275, given.spots[(name,)].key, {"name": name, "what": what})

    def _scale(self, where: Where, name: str, piece: Piece) -> None:
        """Puts the scale ``name`` in place of its name at ``where``."""
        spot = piece.spots[where]
        if name not in self._scales.data:
            if not self._scales.gaps.isdisjoint({(), (name,)}):  # it is there, and what is wrong with it is told
                piece.put(where, None)
                return
            if not self._scales.data and not _holds_mappings(piece.data, where):
                return  # a text without its brackets, which the shape will tell
            cure = nearest(name, self._scales.data) if self._scales.data else _NONE()
            figures = {"name": name, "what": _SCALE, "cure": cure}
            self._problems.append(Problem(Code.T276, spot.value, figures, spot.uses))
            piece.put(where, None)
            return
        self._used.add(name)
        scale = self._scales.at((name,))
        if not self._room.take(len(scale.spots)):
            self._problems.append(Problem(Code.T116, spot.value, {"limit": _MANY(most=MOST_VALUES)}, spot.uses))
            piece.put(where, None)
            return
        uses = (*spot.uses, spot.value)
        spots = {path: replace(one, uses=(*uses, *one.uses)) for path, one in scale.spots.items()}
        piece.put(where, Piece(deepcopy(scale.data), spots, scale.gaps))


def told_once(problems: Iterable[Problem], document: Document) -> list[Problem]:
    """The problems; a fault of what is written once is one, however often it is used, with all its uses beside it."""
    used = [spot for spot in document.spots.values() if spot.uses]
    uses: set[object] = {place for spot in used for place in spot.uses}
    shared: set[object] = uses.union(place for spot in used for place in (spot.value, spot.key))
    kept: dict[object, Problem] = {}
    for problem in problems:
        key: object = id(problem)
        if problem.place in shared or not uses.isdisjoint(problem.see_also):
            # Two keys may be missing in one mapping.
            name = str(problem.values.get("name")) if problem.code is Code.T105 else ""
            key = (problem.code, problem.place, problem.waived, name)
        first = kept.setdefault(key, problem)
        if first is not problem:
            others = dict.fromkeys((*first.see_also, *problem.see_also))
            kept[key] = replace(first, see_also=tuple(others))
    return [*kept.values()]


def _mapping(whole: Piece, key: str) -> Piece:
    """What stands under ``key`` as far as it can be used; gaps: the names of what cannot, ``()`` for all of it."""
    kind = list if key == "scales" else dict
    lost = {gap[1:] for gap in whole.gaps if gap[:1] == (key,) and len(gap) <= 2}
    if not isinstance(whole.data.get(key), dict):
        return Piece({}, {}, lost)
    piece = whole.at((key,))
    piece.data = {name: value for name, value in piece.data.items() if isinstance(value, kind)}
    piece.gaps |= lost
    return piece


def _uses_blocks(data: Mapping[str, Any]) -> bool:
    return any("block" in node.data for node in entries(data))


def _names(data: Any) -> Iterator[tuple[Where, dict[str, Any], str]]:
    """Every place where a text stands for a list: its holder with the path, and its key."""
    for where, rule in rules_in(data, ()):
        kind = rule.get("kind")
        lists = _lists(kind) if isinstance(kind, str) and kind in KINDS else ()  # its shape is not checked yet
        yield from ((where, rule, key) for key in lists if isinstance(rule.get(key), str))
    holders = [((), data), *((node.where, node.data) for node in entries(data))]
    for where, holder in holders:
        for i, field in items_of(holder, "fields"):
            if isinstance(field.get("choices"), str):
                yield (*where, "fields", i), field, "choices"


def _holds_mappings(data: Any, where: Where) -> bool:
    """Is the list at ``where`` one of mappings, so that no text alone can be meant?"""
    if where[-1] == "choices":
        return False
    for step in where[:-1]:
        data = data[step]
    return bool(rule_schema(data["kind"])["properties"][where[-1]]["items"].get("type") == "object")


@cache
def _lists(kind: str) -> tuple[str, ...]:
    """The keys of a rule under which a list stands."""
    keys = rule_schema(kind)["properties"].items()
    return tuple(key for key, schema in keys if isinstance(schema, dict) and schema.get("type") == "array")
