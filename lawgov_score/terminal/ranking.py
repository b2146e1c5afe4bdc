"""The ranking as a table in the terminal."""

from lawgov_score.content import labels
from lawgov_score.model import Scores
from lawgov_score.report import render
from lawgov_score.rounding import rounded
from lawgov_score.terminal.aligned import aligned
from lawgov_score.wording import Language, Words

_HEADINGS = (
    Words("位次", "place"),
    Words("单位", "unit"),
    Words("名称", "name"),
    Words("得分", "score"),
    Words("等次", "grade"),
    Words("填报率", "coverage"),
)
_ALL = Words("全部单位", "all units")


def ranking_text(scores: Scores, lang: Language) -> str:
    """Units in the order of places, one block per cohort; units without a score last, with a dash."""
    blocks: list[str] = []
    for cohort in dict.fromkeys(scores.cohorts[scores.order].tolist()):
        rows = [row for row in scores.order.tolist() if scores.cohorts[row] == cohort]
        cells = [[render(heading, lang) for heading in _HEADINGS]]
        for row in rows:
            unit, ranked = scores.units[row], scores.rank[row] > 0
            cells.append(
                [
                    scores.place_texts[row] if ranked else "—",
                    unit.code,
                    unit.name,
                    _total(scores, row) + labels.provisional_score(scores, row, lang) if ranked else "—",
                    labels.grade(scores, row, lang) or "—",
                    f"{scores.coverage[row]:.1%}",
                ]
            )
        name = scores.cohort_names[rows[0]] or render(_ALL, lang)
        blocks.append("\n".join([name, *aligned(cells, numbers={0, 3, 5})]))
    return "\n\n".join(blocks)


def _total(scores: Scores, row: int) -> str:
    decimals, total = scores.tree.policies.total_decimals, float(scores.total[row])
    places = 6 if decimals is None else decimals
    text = f"{rounded(total, places):.{places}f}"
    letter = scores.letter_of_total(row)
    return f"{letter} {text}" if letter else text
