"""A unit's place at a node, and the node's own word for its score, behind what else is said of its score there."""

from collections.abc import Sequence

import numpy as np

from lawgov_score.explanation import vetoes
from lawgov_score.measure.digits import CENTS, POINTS, beside
from lawgov_score.measure.ladder import reached
from lawgov_score.measure.tolerance import reads_the_same
from lawgov_score.model import Among, Band, Group, Indicator, Node, Rescale, Scores, Tree, WhenZero
from lawgov_score.phrase_columns import Phrases, Single, phrase_of
from lawgov_score.rounding import half_up, without_dust
from lawgov_score.rules.keys import Better
from lawgov_score.rules.phrases import PLACED
from lawgov_score.wording import Phrase, Words

_PLACE = {
    False: Words("居同组第 {place} 名（共 {n} 个单位）", "place {place} of {n} in the cohort"),
    True: Words("并列居同组第 {place} 名（共 {n} 个单位）", "tied at place {place} of {n} in the cohort"),
}
_ENTRY = {
    Among.UNIT: Words("在本单位的“{title}”中{placed}（共 {n} 个）", '{placed} of {n} among the unit\'s "{title}"'),
    Among.COHORT: Words(
        "在同组各单位的“{title}”中{placed}（共 {n} 个）", '{placed} of {n} among the cohort\'s "{title}"'
    ),
    Among.ALL: Words("在全部单位的“{title}”中{placed}（共 {n} 个）", '{placed} of {n} among all units\' "{title}"'),
}
_PLACED = {
    False: Words("居第 {place} 名", "place {place}"),
    True: Words("并列居第 {place} 名", "tied at place {place}"),
}
_WORD = Words("评为“{word}”", 'rated "{word}"')
_CONVERTED_WORD = Words(
    "折算到 {whole:points} 分后 {score} 分，评为“{word}”", '{score} when converted to {whole:points}, rated "{word}"'
)
_EXACT_WORD = Words("得分实为 {score} 分，评为“{word}”", 'the score is {score} exactly, rated "{word}"')
_PLACED_WORD = Words("{place}，{word}", "{place}, {word}")
_BEHIND = Words("{why}；{place}", "{why}; {place}")


_RANKED = {
    Better.HIGHER: Words("本项另在同组排名次，得分高的在前", "units have places here too, a high score first"),
    Better.LOWER: Words("本项另在同组排名次，得分低的在前", "units have places here too, a low score first"),
}
_ENTRIES_RANKED = {
    (Among.UNIT, Better.HIGHER): Words(
        "各个另在本单位内排名次，得分高的在前", "entries have places among those of their unit, a high score first"
    ),
    (Among.UNIT, Better.LOWER): Words(
        "各个另在本单位内排名次，得分低的在前", "entries have places among those of their unit, a low score first"
    ),
    (Among.COHORT, Better.HIGHER): Words(
        "各个另与同组各单位的一起排名次，得分高的在前",
        "entries have places among those of the cohort, a high score first",
    ),
    (Among.COHORT, Better.LOWER): Words(
        "各个另与同组各单位的一起排名次，得分低的在前",
        "entries have places among those of the cohort, a low score first",
    ),
    (Among.ALL, Better.HIGHER): Words(
        "各个另与全部单位的一起排名次，得分高的在前", "entries have places among those of all units, a high score first"
    ),
    (Among.ALL, Better.LOWER): Words(
        "各个另与全部单位的一起排名次，得分低的在前", "entries have places among those of all units, a low score first"
    ),
}
_LAST = Words(
    "{ranked}；居末 {n} 名的（末尾并列的一同计入），触发一票否决{veto}：{effects}",
    "{ranked}; the last {n} of a cohort (equals count together) have the veto {veto}: {effects}",
)
_LINE = {  # by the key of the line
    "at_least": Words("{line:points} 分以上评为“{word}”", '"{word}" from {line:points}'),
    "above": Words("超过 {line:points} 分评为“{word}”", '"{word}" above {line:points}'),
    "at_most": Words("{line:points} 分以下评为“{word}”", '"{word}" up to {line:points}'),
    "below": Words("低于 {line:points} 分评为“{word}”", '"{word}" below {line:points}'),
}
_WORDS = Words("本项得分 {lines:list}", "scores here are rated {lines:list}")
_CONVERTED_WORDS = Words(
    "本项得分（有不适用的，先折算到 {whole:points} 分）{lines:list}",
    "scores here (converted to {whole:points} where something does not apply) are rated {lines:list}",
)
_BY_COMPARED = Words("{ranked}（按评分标准所比较的数排）", "{ranked} (by what the standard compares)")
_CLAUSES = Words("{parts}", "{parts}")


def standard_of(tree: Tree, node: Node) -> Phrase | None:
    """That units have places at the node, what its last ones trigger, and its own words for scores; None: nothing."""
    parts: list[Phrase] = []
    entry = node.children[0] if isinstance(node, Group) and node.is_repeated else None
    if isinstance(entry, Group) and entry.ranked is not None:
        parts.append(_ENTRIES_RANKED[entry.among, entry.ranked]())
    if node.ranked is not None and not (isinstance(node, Group) and node.repetition):
        ranked, last = _RANKED[node.ranked](), node.last
        if node.compares_units:
            ranked = _BY_COMPARED(ranked=ranked)
        veto = next((one for one in tree.vetoes if last is not None and one.code == last.veto), None)
        if last is not None and veto is not None:
            told = {"veto": vetoes.named(veto), "effects": vetoes.effects(tree, veto)}
            ranked = _LAST(ranked=ranked, n=last.places, **told)
        parts.append(ranked)
    if node.bands:
        lines = tuple(_LINE[band.key](word=band.word, line=band.line) for band in node.bands)
        words = _CONVERTED_WORDS if _may_be_converted(tree, node) else _WORDS
        parts.append(words(lines=lines, whole=node.points))
    return _CLAUSES(parts=tuple(parts)) if parts else None


def place_at(scores: Scores, row: int, code: str) -> Phrase | None:
    """居同组第 2 名（共 5 个单位）, of a repetition 在本单位的“窗口”中居第 2 名; None where the unit has no place."""
    place = int(scores.node_ranks[code][row]) if code in scores.node_ranks else 0
    if not place:
        return None
    node, n, is_shared = scores.tree.by_code[code], scores.placed_at(code, row), bool(scores.node_shared(code)[row])
    if isinstance(node, Group) and node.repetition:
        title = scores.tree.by_code[node.copy_of].title
        return _ENTRY[node.among](title=title, placed=_PLACED[is_shared](place=place), n=n)
    return _PLACE[is_shared](place=place, n=n)


def rated_at(scores: Scores, row: int, code: str) -> Phrase | None:
    """居同组第 2 名（共 5 个单位），评为“好”: the place, the word, or both; None where the unit has neither."""
    return _rated(scores, row, code, place_at(scores, row, code))


def _rated(scores: Scores, row: int, code: str, place: Phrase | None) -> Phrase | None:
    node = scores.tree.by_code[code]
    word = scores.bands_at(code)[row] if node.bands else ""
    if not word:
        return place
    score, lines = float(scores.node_scores[code][row]), [band.line for band in node.bands]
    earned = float(scores.scores[row, scores.node_column[code]])
    rated = _WORD(word=word)
    if not reads_the_same(score, earned):
        rated = _CONVERTED_WORD(word=word, whole=node.points, score=beside(score, *lines))
    elif _reads_as_another(score, node.bands):
        rated = _EXACT_WORD(word=word, score=beside(score, *lines))
    return rated if place is None else _PLACED_WORD(place=place, word=rated)


def _reads_as_another(score: float, bands: Sequence[Band]) -> bool:
    """Would the score as it is printed have another word?"""
    exact = without_dust(np.array([score]))
    each = np.concatenate([exact, *(half_up(exact, decimals) for decimals in (CENTS, POINTS))])
    found = reached(each, [band.line for band in bands], [band.key for band in bands])
    return bool((found != found[0]).any())


def _may_be_converted(tree: Tree, node: Node) -> bool:
    """May something here not apply to a unit, so that its score is converted before the word is found?"""
    if isinstance(node, Indicator):
        return False
    return tree.policies.not_applicable is not Rescale.NONE and any(_may_leave(tree, one) for one in node.children)


def _may_leave(tree: Tree, node: Node) -> bool:
    """May something of a node not apply to a unit?"""
    if isinstance(node, Group):
        return any(_may_leave(tree, one) for one in node.children)
    is_of_some = bool(node.applies_to) and not {kind.code for kind in tree.unit_types} <= node.applies_to
    policies = (node.on_zero, node.no_previous)
    at_zero = any(one is not None and one.what is WhenZero.NOT_APPLICABLE for one in policies)
    return node.may_not_apply or node.leaves_units or is_of_some or at_zero


def with_places(scores: Scores, code: str, why: Phrases) -> Phrases:
    """``why`` of each unit, and its place at the node behind it; the place alone where nothing else is said."""
    if code not in scores.node_scores:
        return why

    def told(row: int) -> Phrase | None:
        own = phrase_of(why, row)
        is_said = own is not None and _says_place(own)  # by the rule itself, which goes by the same figure
        place = _rated(scores, row, code, None if is_said else place_at(scores, row, code))
        return _BEHIND(why=own, place=place) if own is not None and place is not None else own or place

    return Single(told)


def _says_place(phrase: Phrase) -> bool:
    """Does a reason say by the node's rule what the unit's place is?"""
    if phrase.words in PLACED:
        return True
    inside = [one for value in phrase.values.values() for one in (value if isinstance(value, tuple) else (value,))]
    return any(_says_place(one) for one in inside if isinstance(one, Phrase))
