"""A unit's place at a node, and the node's own word for its score, behind what else is said of its score there."""

from lawgov_score.explanation import vetoes
from lawgov_score.model import Among, Group, Node, Scores, Tree
from lawgov_score.phrase_columns import Phrases, Single, phrase_of
from lawgov_score.rules.keys import Better
from lawgov_score.wording import Phrase, Words

_PLACE = Words("居同组第 {place} 名（共 {n} 个单位）", "place {place} of {n} in the cohort")
_ENTRY = {
    Among.UNIT: Words(
        "在本单位的“{title}”中居第 {place} 名（共 {n} 个）", 'place {place} of {n} among the unit\'s "{title}"'
    ),
    Among.COHORT: Words(
        "在同组各单位的“{title}”中居第 {place} 名（共 {n} 个）", 'place {place} of {n} among the cohort\'s "{title}"'
    ),
    Among.ALL: Words(
        "在全部单位的“{title}”中居第 {place} 名（共 {n} 个）", 'place {place} of {n} among all units\' "{title}"'
    ),
}
_WORD = Words("评为“{word}”", 'rated "{word}"')
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
_CLAUSES = Words("{parts}", "{parts}")


def standard_of(tree: Tree, node: Node) -> Phrase | None:
    """That units have places at the node, what its last ones trigger, and its own words for scores; None: nothing."""
    parts: list[Phrase] = []
    entry = node.children[0] if isinstance(node, Group) and node.is_repeated else None
    if isinstance(entry, Group) and entry.ranked is not None:
        parts.append(_ENTRIES_RANKED[entry.among, entry.ranked]())
    if node.ranked is not None and not (isinstance(node, Group) and node.repetition):
        ranked, last = _RANKED[node.ranked](), node.last
        veto = next((one for one in tree.vetoes if last is not None and one.code == last.veto), None)
        if last is not None and veto is not None:
            told = {"veto": vetoes.named(veto), "effects": vetoes.effects(tree, veto)}
            ranked = _LAST(ranked=ranked, n=last.places, **told)
        parts.append(ranked)
    if node.bands:
        parts.append(_WORDS(lines=tuple(_LINE[band.key](word=band.word, line=band.line) for band in node.bands)))
    return _CLAUSES(parts=tuple(parts)) if parts else None


def place_at(scores: Scores, row: int, code: str) -> Phrase | None:
    """居同组第 2 名（共 5 个单位）, of a repetition 在本单位的“窗口”中居第 2 名; None where the unit has no place."""
    text = scores.node_place_texts(code)[row] if code in scores.node_ranks else ""
    if not text:
        return None
    node, told = scores.tree.by_code[code], {"place": text, "n": scores.placed_at(code, row)}
    if isinstance(node, Group) and node.repetition:
        return _ENTRY[node.among](title=scores.tree.by_code[node.copy_of].title, **told)
    return _PLACE(**told)


def rated_at(scores: Scores, row: int, code: str) -> Phrase | None:
    """居同组第 2 名（共 5 个单位），评为“好”: the place, the word, or both; None where the unit has neither."""
    place, word = place_at(scores, row, code), ""
    if scores.tree.by_code[code].bands:
        word = scores.bands_at(code)[row]
    if not word:
        return place
    rated = _WORD(word=word)
    return rated if place is None else _PLACED_WORD(place=place, word=rated)


def with_places(scores: Scores, code: str, why: Phrases) -> Phrases:
    """``why`` of each unit, and its place at the node behind it; the place alone where nothing else is said."""
    if code not in scores.node_scores:
        return why

    def told(row: int) -> Phrase | None:
        own, place = phrase_of(why, row), rated_at(scores, row, code)
        return _BEHIND(why=own, place=place) if own is not None and place is not None else own or place

    return Single(told)
