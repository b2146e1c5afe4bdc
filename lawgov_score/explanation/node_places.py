"""A unit's place at a node, and the node's own word for its score, behind what else is said of its score there."""

from lawgov_score.model import Scores
from lawgov_score.phrase_columns import Phrases, Single, phrase_of
from lawgov_score.wording import Phrase, Words

_PLACE = Words("居同组第 {place} 名（共 {n} 个单位）", "place {place} of {n} in the cohort")
_WORD = Words("评为“{word}”", 'rated "{word}"')
_PLACED_WORD = Words("{place}，{word}", "{place}, {word}")
_BEHIND = Words("{why}；{place}", "{why}; {place}")


def place_at(scores: Scores, row: int, code: str) -> Phrase | None:
    """居同组第 2 名（共 5 个单位）; None where the unit has no place at the node."""
    text = scores.node_place_texts(code)[row] if code in scores.node_ranks else ""
    return _PLACE(place=text, n=scores.placed_at(code, row)) if text else None


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
