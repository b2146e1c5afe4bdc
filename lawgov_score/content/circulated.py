"""The table that a committee circulates: a row for every indicator, and all other rules of the scheme in words.

A row stands for every node below which nothing is printed: an indicator, or a group that only takes what is printed
elsewhere. What a cell says can be read back (``points_in``, ``group_in``), so that the table can be taken into the tree
again. The standard alone cannot: it is worked out from the rule.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from lawgov_score.content import labels, method
from lawgov_score.explanation import asked, scale, vetoes
from lawgov_score.explanation import method as method_words
from lawgov_score.explanation.adjustments import kind_label, kind_rule, limit_rules
from lawgov_score.explanation.node_places import standard_of
from lawgov_score.explanation.standard import group_standard, part_standard, standard
from lawgov_score.likeness import narrow
from lawgov_score.measure.tolerance import is_same
from lawgov_score.model import Group, Indicator, Node, Shared, Tree
from lawgov_score.report import render, stored_text
from lawgov_score.wording import Language, Phrase, Text, Words


class Part(Enum):
    """What a column of the table says; the words are its heading.

    Columns of levels are headed by the names that the tree gives to its levels. ``GROUP``: the cell of a group, with
    its code, its title and its points.
    """

    ORDER = Words("序号", "No.")
    CODE = Words("编码", "Code")
    GROUP = Words("上级指标", "Group")
    TITLE = Words("指标", "Indicator")
    POINTS = Words("分值", "Points")
    STANDARD = Words("评分标准", "Scoring standard")
    LEAD = Words("牵头单位", "Lead")
    ASSIST = Words("责任单位", "Responsible")
    EVIDENCE = Words("佐证材料", "Evidence")
    NOTE = Words("说明", "Notes")

    @property
    def key(self) -> str:
        """Its name in files: ``points``."""
        return self.name.lower()


BEFORE_LEVELS = (Part.ORDER, Part.CODE)
BEHIND_LEVELS = (Part.POINTS, Part.STANDARD, Part.LEAD, Part.ASSIST, Part.EVIDENCE, Part.NOTE)
NO_GROUP = "—"  # at a level that a row skips: a blank cell would be read as the group above it

SHEET = Words("指标体系", "Indicators")
OTHER_SHEET = Words("其他规定", "Other rules")
TOTAL = Words("合计", "Total")
FROM_RULES = Words("评分标准由规则生成，请在 YAML 中修改", "The standard is made from the rule: change it in the YAML")
HOW_TO_EDIT = Words(
    "名称、分值、牵头单位、责任单位、佐证材料、说明可以直接在本表中修改，一格有几项的，每项写一行；编码不要改动。灰色的评分标准由规则生成，"
    "请在 YAML 中修改。类别跨页的，后页以“（续）”重印，只改前面一格。",
    "Titles, points, leading and responsible units, evidence and notes may be changed in this table, one item a line "
    "where a cell holds several; codes stay as they are. The standard, in grey, is made from the rule: change it in "
    "the YAML. A group that goes on on another page is printed there again (continued): change its first cell alone.",
)
CONTINUED = Words("（续）", " (continued)")  # behind the title of a group that goes on on another page
_SET_APART = Words("{name}（层级）", "{name} (level)")
_ABOUT = Words("{about}", "{about}")
_EDITION = Words("{edition} 版", "edition {edition}")
_YEAR = Words("考核年度 {year}", "assessed year {year}")
_SIZE = Words("{n} 项", "{n} items")
_SCALE = Words("满分 {points:points} 分", "out of {points:points}")
_WEIGHTS = Words("分值采用“{title}”", 'points of "{title}"')
_GROUP = Words("{code}\n{title}\n（{worth}）", "{code}\n{title}\n({worth})")
_GROUP_MARKED = Words("{code}\n{title}\n（{worth}，{mark}）", "{code}\n{title}\n({worth}, {mark})")
_WORTH = Words("{points} 分", "{points} points")
_COUNTED = Words("{part}。\n{standard}", "{part}.\n{standard}")
_PARTS = Words("{parts}", "{parts}")
_PER_TYPE = "；"
_LAST_LINE = re.compile(r"\((?P<worth>.*?)(?:\s*(?:分|points?))?\s*(?:, ?(?P<mark>[^,]*))?\)", re.DOTALL)
_NUMBER = r"(?P<points>[0-9]+(?:\.[0-9]+)?)(?:\s*分)?"
_OF_TYPE = re.compile(rf"(?P<name>(?=.*[^\W\d_])\S.*?)\s*{_NUMBER}")
_PLAIN = re.compile(_NUMBER)
CODE = re.compile("[A-Za-z0-9][A-Za-z0-9._-]*")  # as the format of trees has it
_DASHES = str.maketrans(dict.fromkeys("—–‐‑‒―", "-"))
_SAYS_NOTHING = re.compile(r"[-/\\]+|无。?")
_OPENING, _CLOSING = "（(《〈“‘「【[", "）)》〉”’」】]"
BETWEEN_UNITS, BETWEEN_TEXTS = "、，,；;", "、；;"  # a comma may stand within what evidence is asked for

Points = float | Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table. ``groups``: for each level above the last, the group that the row stands in; None: none.

    ``depth``: the column of levels that holds its own title, from 0; a group without a row below it may stand further
    to the left than indicators do.
    """

    number: int
    node: Node
    code: str
    groups: tuple[Group | None, ...]
    depth: int

    @property
    def lead(self) -> tuple[str, ...]:
        """The leading units; a group has none of its own."""
        return self.node.lead if isinstance(self.node, Indicator) else ()

    @property
    def assist(self) -> tuple[str, ...]:
        """The responsible units."""
        return self.node.assist if isinstance(self.node, Indicator) else ()

    @property
    def evidence(self) -> tuple[str, ...]:
        """The evidence that is wanted."""
        return self.node.evidence if isinstance(self.node, Indicator) else ()

    def texts(self, tree: Tree, lang: Language) -> dict[Part, str | float]:
        """What its cells say behind the levels, and its number and code; the points as a number where they are one."""
        return {
            Part.ORDER: float(self.number),
            Part.CODE: self.code,
            Part.TITLE: self.node.title,
            Part.POINTS: points_text(tree, self.node.code, "\n"),
            Part.STANDARD: render(line_standard(tree, self.node), lang),
            Part.LEAD: "\n".join(self.lead),
            Part.ASSIST: "\n".join(self.assist),
            Part.EVIDENCE: "\n".join(self.evidence),
            Part.NOTE: self.node.note,
        }


@dataclass(frozen=True, slots=True)
class Span:
    """The cell of a group: in the column of its level, from line ``first`` to line ``last``."""

    group: Group
    depth: int
    first: int
    last: int


def level_headings(tree: Tree) -> tuple[Text, ...]:
    """The headings of the columns of levels, as the tree names them; one that is another column's is set apart."""
    taken = {words for part in (*BEFORE_LEVELS, *BEHIND_LEVELS) for words in (part.value.zh, part.value.en)}
    named = tuple(_SET_APART(name=name) if name in taken else name for name in tree.levels)
    return named or (Part.TITLE.value,)


def lines(tree: Tree) -> tuple[Line, ...]:
    """The rows of the table, as printed; of repeated groups (窗口1、窗口2……) the first alone."""
    shown = tree.shown_once
    above = {tree.parents[node.code] for node in shown}
    above |= {node.code for node in shown if isinstance(node, Group) and node.is_repeated}
    columns = len(level_headings(tree))
    found: list[Line] = []
    for node in shown:
        if node.code in above:
            continue
        groups: list[Group | None] = [
            one for one in tree.ancestors(node.code) if isinstance(one, Group) and not one.repetition
        ]
        depth = columns - 1 if isinstance(node, Indicator) else min(len(groups), columns - 1)
        groups += [None] * (columns - 1 - len(groups))
        found.append(Line(len(found) + 1, node, node.copy_of or node.code, tuple(groups[: columns - 1]), depth))
    return tuple(found)


def spans(of: Sequence[Line]) -> Iterator[Span]:
    """The cells of groups, each over the lines that stand in the group."""
    codes = [[group.code if group is not None else "" for group in line.groups] for line in of]
    for depth in range(len(of[0].groups) if of else 0):
        first = 0
        for i in range(1, len(of) + 1):
            if i < len(of) and codes[i][: depth + 1] == codes[first][: depth + 1]:
                continue
            group = of[first].groups[depth]
            if group is not None:
                yield Span(group, depth, first, i - 1)
            first = i


def group_text(tree: Tree, group: Group, lang: Language) -> str:
    """The cell of a group, a line each: code, title, points; how it counts where it is not simply added."""
    points = points_text(tree, group.code, _PER_TYPE)
    worth = points if isinstance(points, str) else render(_WORTH(points=stored_text(points)), lang)
    words = {"code": group.copy_of or group.code, "title": group.title, "worth": worth}
    mark = labels.mark(group)
    return render(_GROUP(**words) if mark is None else _GROUP_MARKED(**words, mark=mark), lang)


def continued(text: str, lang: Language) -> str:
    """The cell of a group where it goes on on another page: the same with a mark behind the title.

    >>> continued("01\\n依法履职\\n（20 分）", Language.ZH)
    '01\\n依法履职（续）\\n（20 分）'
    """
    above, _, worth = text.rpartition("\n")
    return f"{above}{render(CONTINUED, lang)}\n{worth}"


def without_mark(title: str) -> str:
    """The title of a group without the mark that it goes on, in either language."""
    for mark in (CONTINUED.zh, CONTINUED.en):
        title = title.removesuffix(mark)
    return title


def group_in(text: str) -> tuple[str, str, Points | None]:
    """Code, title and points in the cell of a group, as ``group_text`` writes it.

    Code and points may be lacking, as in a group that somebody has added; then they are '' and None. A code is a first
    line of letters, digits and ``-._`` alone, with another line below it.

    >>> group_in("01\\n依法履职\\n（20 分）")
    ('01', '依法履职', 20.0)
    >>> group_in("数字政府")
    ('', '数字政府', None)
    """
    rows = [row.strip() for row in text.strip().split("\n")]
    points: Points | None = None
    if (
        len(rows) > 1
        and (match := _LAST_LINE.fullmatch(narrow(rows[-1])))
        and (points := points_in(rows[-1][slice(*match.span("worth"))])) is not None
    ):
        rows = rows[:-1]
    code = ""
    if len(rows) > 1 and CODE.fullmatch(code_in(rows[0])):
        code, *rows = code_in(rows[0]), *rows[1:]
    return code, "\n".join(rows), points


def code_in(text: str) -> str:
    """A code as somebody typed it: full-width letters, digits and dashes are those of a code.

    >>> code_in("１２－１"), code_in("12—1")
    ('12-1', '12-1')
    """
    return narrow(text).translate(_DASHES).strip()


def says_nothing(text: str) -> bool:
    """Is it what people write into a cell that has nothing to say?

    >>> says_nothing("——"), says_nothing(" 无 "), says_nothing("无证经营")
    (True, True, False)
    """
    return _SAYS_NOTHING.fullmatch("".join(narrow(text).translate(_DASHES).split())) is not None


def items_in(text: str, between: str, known: Collection[str] = ()) -> tuple[str, ...]:
    """Units, or pieces of evidence, in a cell: a line each, and within a line what stands ``between``; none twice.

    A name that is ``known`` stays whole whatever it holds, and so does what stands in brackets or quotes.

    >>> items_in("司法局、编办（含下属，共 3 家）\\n公安局", BETWEEN_UNITS)
    ('司法局', '编办（含下属，共 3 家）', '公安局')
    >>> items_in("发改、财政局，编办", BETWEEN_UNITS, {"发改、财政局"})
    ('发改、财政局', '编办')
    """
    if says_nothing(text):
        return ()
    most = max((sum(c in between for c in name) for name in known), default=0)
    pieces = (piece for line in text.split("\n") for piece in _items_of(line.strip(), between, known, most))
    return tuple(dict.fromkeys(filter(None, pieces)))


def _items_of(line: str, between: str, known: Collection[str], most: int) -> Iterator[str]:
    """``most``: how many marks a known name holds at most."""
    inside, cuts = 0, [-1]
    is_closed = sum(c in _OPENING for c in line) == sum(c in _CLOSING for c in line)
    for i, c in enumerate(line):
        inside += (c in _OPENING) - (c in _CLOSING) if is_closed else 0
        if c in between and not inside:
            cuts.append(i)
    cuts.append(len(line))
    first = 0
    while first < len(cuts) - 1:
        ends = range(min(first + 1 + most, len(cuts) - 1), first + 1, -1)
        last = next((end for end in ends if line[cuts[first] + 1 : cuts[end]].strip() in known), first + 1)
        yield line[cuts[first] + 1 : cuts[last]].strip()
        first = last


def points_text(tree: Tree, code: str, apart: str) -> float | str:
    """What a node is worth; by unit type, ``产区 4`` and ``非产区 3``, a type each, with ``apart`` between them."""
    own = tree.points_of(code)
    if len(own) == 1:
        return own[0][1]
    return apart.join(f"{name} {stored_text(points)}" for names, points in own for name in names)


def points_in(cell: object) -> Points | None:
    """The points in a cell: a number, or numbers by the names of unit types; None if it says neither.

    >>> points_in(4.0), points_in("4"), points_in("产区 4\\n非产区 3"), points_in("四分")
    (4.0, 4.0, {'产区': 4.0, '非产区': 3.0}, None)
    """
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return float(cell)
    text = str(cell or "").strip()
    if plain := _PLAIN.fullmatch(narrow(text)):
        return float(plain["points"])
    found: dict[str, float] = {}
    for piece in filter(None, (one.strip() for one in re.split(r"[\n；;]", text))):
        match = _OF_TYPE.fullmatch(narrow(piece))
        if match is None:
            return None
        name = piece[: len(match["name"])]  # as it is written: a letter made narrow is one letter
        if name in found:
            return None
        found[name] = float(match["points"])
    return found or None


def line_standard(tree: Tree, node: Node) -> Text:
    """评分标准 of a row: how the score counts above where it is not simply added, then the standard itself."""
    part = part_standard(tree, node)
    if isinstance(node, Group):
        own = group_standard(tree, node)
        texts = tuple(one for one in (part, own) if one is not None)
        return _PARTS(parts=texts) if texts else ""
    if node.is_taken_off and not node.rule.SAYS_TAKEN_OFF:
        part = standard_of(tree, node)  # the standard begins with the rest
    return standard(tree, node) if part is None else _COUNTED(part=part, standard=standard(tree, node))


def about(tree: Tree) -> Phrase:
    """The line under the title: edition, assessed year, how many items, out of how many points, by whom."""
    parts: list[Text] = [tree.issuer] if tree.issuer else []
    parts += [_EDITION(edition=tree.edition), _YEAR(year=str(tree.year)), _SIZE(n=len(lines(tree)))]
    parts += [*scale.total_phrases(tree)] or [_SCALE(points=tree.scale)]
    if tree.weight_set:
        parts.append(_WEIGHTS(title=tree.weight_set))
    return _ABOUT(about=tuple(parts))


def total_of(tree: Tree) -> float | None:
    """What the points in the table add up to, where that is what the tree is out of; None where they do not say it."""
    if not tree.adds_up or tree.kinds or any(node.bonus for node in tree.nodes):
        return None
    total = sum(line.node.points for line in lines(tree))
    return total if is_same(total, tree.points) else None


# ---------------------------------------------------------------- all other rules


@dataclass(frozen=True, slots=True)
class Section:
    """Rules under one heading, each as label and text. ``keys``: where the tree says them."""

    title: Words
    rows: tuple[tuple[Text, Text], ...]
    keys: tuple[str, ...]


_GENERAL = Words("计分规定", "How scores are made")
_REGISTER = Words("加分和扣分", "Bonuses and penalties")
_VETOES = Words("一票否决", "Vetoes")
_SHARED = Words("共用数据", "Shared figures")
_GROUPS = Words("各类指标的计入方式和说明", "How groups count, and notes on them")
_UNITS = Words("适用单位", "Units")
_BASES = Words("依据", "Basis")
_TYPES = Words("单位类型", "Types of units")
_COHORT = Words("考核分组“{name}”", 'Cohort "{name}"')
_APPLIES_TO = Words("只适用于{types:list}", "only for {types:list}")
_LIST = Words("{names:list}", "{names:list}")
_WHOLE = Words("{name}（全部指标适用）", "{name} (every indicator applies)")
_ALL = Words("全体系", "the whole tree")
_ASKS = Words("{fields}", "{fields}")
_CHECKS = Words("核对", "Checks")
_SAYS = Words("{says:list}", "{says:list}")
_CLAIMABLE = Words("可以申报不适用", "units may claim that it does not apply")
_CHECK = Words("核对：{says:list}", "checked: {says:list}")
_NOTE = Words("说明：{note}", "note: {note}")
_NAMED = Words("{code} {title}", "{code} {title}")


def other_rules(tree: Tree) -> tuple[Section, ...]:
    """Everything that the scheme lays down beside its indicators, so that the whole of it can be read."""
    register = [(kind_label(kind), kind_rule(tree, kind)) for kind in tree.adjustments]
    limits = limit_rules(tree)
    struck = [vetoes.whole(tree, veto) for veto in tree.vetoes]
    apart = [text for _, text in register] + [limits, *struck]
    general = [(label, text) for label, text in method_words.method(tree) if text not in apart]
    limited = [(label, text) for label, text in method_words.method(tree) if text == limits]
    waived = ((method.WAIVER(code=one.code, node=one.node), one.reason) for one in tree.waivers)
    struck_by = ((vetoes.named(veto), vetoes.rule(tree, veto)) for veto in tree.vetoes)
    sections = (
        Section(_GENERAL, tuple(general), ("grades", "policies", "aggregation")),
        Section(_REGISTER, (*register, *limited), ("adjustments",)),
        Section(_VETOES, tuple(struck_by), ("vetoes",)),
        Section(_SHARED, tuple(_shared(tree)), ("fields", "checks")),
        Section(_CHECKS, tuple(_checks(tree)), ("checks",)),
        Section(_GROUPS, tuple(_of_groups(tree)), ("standard", "aggregation", "note")),
        Section(_UNITS, tuple(_of_units(tree)), ("unit_types", "cohorts", "applies_to", "may_not_apply")),
        Section(_BASES, tuple(_bases(tree)), ("basis",)),
        Section(method.WAIVERS, tuple(waived), ("waivers",)),
    )
    return tuple(section for section in sections if section.rows)


def _shared(tree: Tree) -> Iterator[tuple[Text, Text]]:
    for block in tree.blocks:
        if block.copy_of or not (block.fields or block.checks):
            continue
        texts: list[Phrase] = [_ASKS(fields=tuple(_field_of(block)))] if block.fields else []
        if block.checks:
            texts.append(_CHECK(says=tuple(check.says for check in block.checks)))
        yield _ALL if block.code == tree.code else _name(tree.by_code[block.code]), _PARTS(parts=tuple(texts))


def _field_of(block: Shared) -> Iterator[Phrase]:
    return (asked.field(block, field) for field in block.fields)


def _checks(tree: Tree) -> Iterator[tuple[Text, Text]]:
    """What the answers to an indicator are checked for."""
    for node in tree.shown_once:
        if isinstance(node, Indicator) and node.checks:
            yield _name(node), _SAYS(says=tuple(check.says for check in node.checks))


def _of_groups(tree: Tree) -> Iterator[tuple[Text, Text]]:
    """What the general rules do not say of a group: its own words, how it counts above, a note.

    Groups that have a row of their own say it there.
    """
    rows = {line.node.code for line in lines(tree)}
    for node in tree.shown_once:
        if isinstance(node, Group) and node.code not in rows:
            part = part_standard(tree, node)
            texts: list[Text] = [node.standard] if node.standard else []
            texts += [] if part is None else [part]
            texts += [_NOTE(note=node.note)] if node.note else []
            if texts:
                yield _name(node), _PARTS(parts=tuple(texts))


def _of_units(tree: Tree) -> Iterator[tuple[Text, Text]]:
    names = {kind.code: kind.name for kind in tree.unit_types}
    if tree.unit_types:
        types = tuple(_WHOLE(name=kind.name) if kind.whole else kind.name for kind in tree.unit_types)
        yield _TYPES, _LIST(names=types)
    for cohort in tree.cohorts:
        yield _COHORT(name=cohort.name), _LIST(names=tuple(names.get(code, code) for code in cohort.unit_types))
    limited: dict[tuple[str, ...], list[Phrase]] = {}
    for node in tree.shown_once:
        if isinstance(node, Indicator) and node.applies_to:
            own = tuple(name for code, name in names.items() if code in node.applies_to)
            limited.setdefault(own, []).append(_name(node))
    for own, nodes in limited.items():
        yield _APPLIES_TO(types=own), _LIST(names=tuple(nodes))
    claimable = [_name(node) for node in tree.shown_once if isinstance(node, Indicator) and node.may_not_apply]
    if claimable:
        yield _CLAIMABLE, _LIST(names=tuple(claimable))


def _bases(tree: Tree) -> Iterator[tuple[Text, Text]]:
    """Every basis once, with what rests on it."""
    resting: dict[str, list[Phrase]] = {}
    for node in tree.shown_once:
        if node.basis:
            resting.setdefault(node.basis, []).append(_name(node))
    for basis, names in resting.items():
        yield basis, _LIST(names=tuple(names))


def _name(node: Node) -> Phrase:
    return _NAMED(code=node.copy_of or node.code, title=node.title)
