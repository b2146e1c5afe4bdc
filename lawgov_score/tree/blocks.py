"""Blocks: a group or an indicator that is written once at the head, written out wherever it is used (`block: name`)."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.likeness import meant
from lawgov_score.problems import Problem, TextPlace
from lawgov_score.tree.document import Document, Spot, Where
from lawgov_score.tree.finding import nearest, shown
from lawgov_score.tree.piece import Piece, Room, paths
from lawgov_score.tree.shape import check_shape
from lawgov_score.tree.source import MOST_DEPTH, MOST_VALUES
from lawgov_score.wording import Phrase, Words

_NAMED = re.compile(r"<\s*([^\W\d]\w*)\s*>")  # <title>, <due>: what a use says stands there
_SCORE = re.compile(r"""\bscore\(\s*(["'])([^"']+)\1\s*\)""")
_ANSWER = re.compile(r"""\banswer\(\s*(["'])([^"']+)\.([^"'.]+)\1\s*\)""")
# Keys whose texts may name nodes: score("…"), answer("….field").
_EXPRESSIONS = frozenset({"value", "base", "of", "when", "holds"})
_TITLE = "title"
_NEEDED = ("block", "code", _TITLE)
BLOCK = Words("套用块", "block")
_DEEP = Words("套用不超过 {most} 层", "blocks nested at most {most} deep")
_MANY = Words("写出来不超过 {most} 个值", "at most {most} values when written out")
_MEANT = Words("是否想写 <{name}>？", "Did you mean <{name}>?")
_SAY = Words(
    "在套用处的 with 里写 {name}: …，或在块的 with 里写缺省值",
    "Add {name}: … to the `with` of each use, or of the block where it is the same for most",
)
_SAY_HERE = Words("在这里的 with 里写 {name}: …", "Add {name}: … to the `with` here")
_PLAIN = Words("文字或数：它填在文字中间", "text or a number: it stands within a text")
_MAKE_PLAIN = Words("改成文字或数", "Make it text or a number")


@dataclass(frozen=True)
class _Body:
    """A block whose own uses of other blocks are written out, and what it holds where a use says nothing."""

    piece: Piece
    defaults: Mapping[str, Piece]

    @cached_property
    def named(self) -> Mapping[str, Where]:
        """The names that stand between < and >, each with the path where it first does."""
        found: dict[str, Where] = {}
        for path, text in _texts(self.piece.data):
            for name in _NAMED.findall(text):
                found.setdefault(name, path)
        return found

    @cached_property
    def within(self) -> frozenset[str]:
        """Those that stand within a longer text somewhere, where a list cannot."""
        texts = [text for path, text in _texts(self.piece.data) if not _NAMED.fullmatch(text) or is_code(path)]
        return frozenset(name for text in texts for name in _NAMED.findall(text))

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of the nodes within."""
        return frozenset(text for path, text in _texts(self.piece.data) if is_code(path))

    @cached_property
    def depth(self) -> int:
        """Length of the longest path."""
        return max(len(path) for path in self.piece.spots)


@dataclass(frozen=True, slots=True)
class _Filling:
    """What one use makes of a block: ``place`` of the use, its code as a prefix, and what stands for each name."""

    place: TextPlace
    code: str
    codes: frozenset[str]
    values: Mapping[str, Piece]

    def filled(self, body: Piece) -> Piece:
        """The block written out for this use."""
        out = Piece(None)
        out.data = self._value(body, body.data, (), out)
        return out

    def _value(self, body: Piece, data: Any, where: Where, out: Piece) -> Any:
        if where in body.gaps:
            out.gaps.add(where)
        spot = body.spots[where]
        own = replace(spot, uses=(self.place, *spot.uses))
        if isinstance(data, str):
            return self._text(data, own, where, out)
        out.spots[where] = own
        if isinstance(data, dict):
            return {key: self._value(body, value, (*where, key), out) for key, value in data.items()}
        if isinstance(data, list):
            return [self._value(body, value, (*where, i), out) for i, value in enumerate(data)]
        return data

    def _text(self, text: str, spot: Spot, where: Where, out: Piece) -> Any:
        if any(name not in self.values for name in _NAMED.findall(text)):
            out.spots[where] = spot
            out.gaps.add(where)  # the use says nothing for it, which is a problem of its own
            return None
        whole = _NAMED.fullmatch(text)
        if whole and not is_code(where):
            value = self.values[whole[1]]
            out.spots.update({(*where, *path): replace(one, uses=spot.uses) for path, one in value.spots.items()})
            out.spots[where] = replace(out.spots[where], key=spot.key)
            out.gaps |= {(*where, *path) for path in value.gaps}
            return deepcopy(value.data)
        made = text  # codes that a use gives are the tree's, so the block's own are known before
        if _is_use(where) and text in self.codes:
            made = self._own(text)
        elif where[-1] in _EXPRESSIONS:
            made = _ANSWER.sub(self._answer, _SCORE.sub(self._score, text))
        made = _NAMED.sub(lambda match: _typed(self.values[match[1]]), made)
        made = self._own(made) if is_code(where) else made
        out.spots[where] = spot if made == text else replace(spot, typed=made, style='"', is_made=True)
        return made

    def _own(self, code: str) -> str:
        return f"{self.code}-{code}"

    def _score(self, match: re.Match[str]) -> str:
        return f'score("{self._own(match[2])}")' if match[2] in self.codes else match[0]

    def _answer(self, match: re.Match[str]) -> str:
        return f'answer("{self._own(match[2])}.{match[3]}")' if match[2] in self.codes else match[0]


class Blocks:
    """The blocks of one tree: writes out their uses in its files, and collects what is wrong with them."""

    def __init__(self, given: Piece, room: Room) -> None:
        """``given``: what stands under `blocks:`, checked for shape."""
        self.problems: list[Problem] = []
        self._given = given
        self._room = room
        self._bodies: dict[str, _Body] = {}
        self._open: list[str] = []  # blocks that are being written out, each used by the one before
        self._uses: dict[str, list[TextPlace]] = {}
        self._strange: dict[str, dict[str, None]] = {}  # names that uses of a block give and it does not have
        self._lacking: dict[tuple[str, str], list[TextPlace]] = {}  # block and name: uses that say nothing for it

    def write_out(self, piece: Piece) -> None:
        """Writes out every use in the nodes of ``piece``, in place."""
        self._below(piece, (), piece.data)

    @property
    def idle(self) -> dict[str, Any]:
        """The blocks that nothing used, as they are written."""
        return {name: body for name, body in self._given.data.items() if name not in self._bodies}

    def told(self) -> list[Problem]:
        """All problems, but for blocks that nothing uses; these are read for faults of their own."""
        for name in self.idle:
            if name not in self._bodies:  # no other one used it meanwhile
                self._read(name)
        return [*self.problems, *self._nothing_said()]

    def _nothing_said(self) -> Iterator[Problem]:
        """T279 at the block where no use says it, else at the uses that do not."""
        for (block, name), places in self._lacking.items():
            body = self._bodies[block]
            said = (_TITLE, *body.defaults, *body.named, *self._strange.get(block, ()))
            known = [each for each in dict.fromkeys(said) if each != name]
            values: dict[str, object] = {"name": name, "block": block}
            if len(places) == len(self._uses[block]):
                spot, like = body.piece.spots[body.named[name]], meant(name, known)
                cure = _MEANT(name=like) if like else _SAY(name=name)
                yield Problem(Code.T279, spot.value, {**values, "cure": cure}, (*spot.uses, *places))
            else:
                cure = _SAY_HERE(name=name)
                yield from (Problem(Code.T279, place, {**values, "cure": cure}) for place in places)

    def _below(self, piece: Piece, where: Where, holder: Any) -> None:
        for key in ("nodes", "children"):
            nodes = holder.get(key)
            for i, node in enumerate(nodes if isinstance(nodes, list) else ()):
                here = (*where, key, i)
                if isinstance(node, dict) and "block" in node:
                    piece.put(here, self._used(piece.at(here), len(here)))
                elif isinstance(node, dict):
                    self._below(piece, here, node)

    def _used(self, use: Piece, depth: int) -> Piece | None:
        """One use written out; None where it cannot be."""
        place = use.spots[()].value
        checked, problems = check_shape(Document(place.path, use.data, use.spots, frozenset(use.gaps)), "block_use")
        self.problems += problems
        if not all(isinstance(use.data.get(key), str) for key in _NEEDED):
            return None
        body = self._body(use)
        if body is None:
            return None
        use.gaps |= checked.gaps
        place = use.spots[("code",)].value
        self._uses.setdefault(use.data["block"], []).append(place)
        if depth + body.depth > MOST_DEPTH:
            self._refused(use, Code.T116, {"limit": _DEEP(most=MOST_DEPTH)})
            return None
        if not self._room.take(len(body.piece.spots)):
            self._refused(use, Code.T116, {"limit": _MANY(most=MOST_VALUES)})
            return None
        values = {**body.defaults, **_given_with(use), _TITLE: use.at((_TITLE,))}
        self._check_with(use, body, values)
        if any(isinstance(values[name].data, (dict, list)) for name in body.within if name in values):
            return None
        made = _Filling(place, use.data["code"], body.codes, values).filled(body.piece)
        for key in use.data:
            if key not in {"block", "with"}:
                made.put((key,), use.at((key,)))
        return made

    def _check_with(self, use: Piece, body: _Body, values: Mapping[str, Piece]) -> None:
        """T278 for a name that the block does not have, T104 for a list within a text; what the use lacks is noted."""
        block = use.data["block"]
        lacking = [name for name in body.named if name not in values]
        for name, value in _given_with(use).items():
            spot = value.spots[()]
            if name not in body.named or name == _TITLE:
                self._strange.setdefault(block, {})[name] = None
                self._problem(spot, spot.key, Code.T278, {"name": name, "block": block, "cure": _known(name, body)})
                if like := meant(name, lacking):
                    lacking.remove(like)  # one fault, told already
            elif name in body.within and isinstance(value.data, (dict, list)):
                figures = {"key": f"“{name}”", "expected": _PLAIN, "found": shown(value.data), "cure": _MAKE_PLAIN}
                self._problem(spot, spot.value, Code.T104, figures)
        for name in lacking:
            self._lacking.setdefault((block, name), []).append(use.spots[("code",)].value)

    def _body(self, use: Piece) -> _Body | None:
        """The block that is used; None if there is none, or it is being written out itself."""
        name = use.data["block"]
        if name in self._bodies:
            return self._bodies[name]
        if name not in self._given.data:
            if not self._given.gaps.isdisjoint({(), (name,)}):
                return None  # it is there, and what is wrong with it is told
            cure = nearest(name, self._given.data)
            self._refused(use, Code.T276, {"name": name, "what": BLOCK, "cure": cure})
        elif name in self._open:
            cycle = " → ".join((*self._open[self._open.index(name) :], name))
            self._refused(use, Code.T277, {"name": name, "cycle": cycle})
        elif len(self._open) > MOST_DEPTH // 2:
            self._refused(use, Code.T116, {"limit": _DEEP(most=MOST_DEPTH)})
        else:
            return self._read(name)
        return None

    def _read(self, name: str) -> _Body:
        self._open.append(name)
        self._bodies[name] = self._written(name)
        self._open.pop()
        return self._bodies[name]

    def _written(self, name: str) -> _Body:
        """A block with its own uses of other blocks written out."""
        piece = self._given.at((name,))
        defaults = _given_with(piece)
        for path in [*paths(piece.data.pop("with", None), ("with",))]:
            piece.spots.pop(path, None)
        self._below(piece, (), piece.data)
        for path in [path for path in paths(piece.data) if is_code(path)]:
            self._quote(piece, path)
        body = _Body(piece, defaults)
        for each, value in defaults.items():
            if each not in body.named or each == _TITLE:
                spot = value.spots[()]
                self._problem(spot, spot.key, Code.T278, {"name": each, "block": name, "cure": _known(each, body)})
        return body

    def _quote(self, piece: Piece, path: Where) -> None:
        """T108 for a code that is a number; it is taken for the text that was meant."""
        holder = piece.data
        for step in path[:-1]:
            holder = holder[step]
        if isinstance(holder["code"], (int, float)) and not isinstance(holder["code"], bool):
            spot = piece.spots[path]
            made = Words("数 {typed}", "the number {typed}")(typed=spot.typed)
            self._problem(spot, spot.value, Code.T108, {"key": "code", "found": spot.typed, "made": made})
            holder["code"] = spot.typed

    def _refused(self, use: Piece, code: Code, figures: Mapping[str, object]) -> None:
        spot = use.spots[("block",)]
        self._problem(spot, spot.value, code, figures)

    def _problem(self, spot: Spot, place: TextPlace, code: Code, figures: Mapping[str, object]) -> None:
        self.problems.append(Problem(code, place, figures, spot.uses))


def _given_with(holder: Piece) -> dict[str, Piece]:
    """What stands under `with:`, by name."""
    given = holder.data.get("with")
    return {name: holder.at(("with", name)) for name in given} if isinstance(given, dict) else {}


def _known(name: str, body: _Body) -> Phrase:
    """Advice on a name that the block does not have."""
    if name == _TITLE:
        return Words("删去：名称写在套用处的 title", "Remove it: the title is the use's own")()
    return nearest(name, [known for known in body.named if known != _TITLE])


def _texts(data: Any) -> Iterator[tuple[Where, str]]:
    """The texts of a block, with their paths."""
    stack: list[tuple[Where, Any]] = [((), data)]
    while stack:
        where, value = stack.pop()
        if isinstance(value, str):
            yield where, value
        elif isinstance(value, dict):
            stack += [((*where, key), inner) for key, inner in reversed(value.items())]
        elif isinstance(value, list):
            stack += [((*where, i), inner) for i, inner in reversed([*enumerate(value)])]


def is_code(where: Where) -> bool:
    """Is this the path of a node's code, within a block?"""
    return len(where) > 1 and where[-1] == "code" and _is_node(where[:-1])


def _is_use(where: Where) -> bool:
    """Is this the path of a code under a node's `uses`?"""
    above = where[:-2] if where[-1:] and where[-1] in {"code", "from", "to"} else where[:-1]
    steps = where[len(above) :]
    return above[-1:] == ("uses",) and _is_node(above[:-1]) and len(steps) in {1, 2}


def _is_node(where: Where) -> bool:
    return len(where) % 2 == 0 and all(step == "children" for step in where[::2])


def _typed(value: Piece) -> str:
    return value.data if isinstance(value.data, str) else value.spots[()].typed
