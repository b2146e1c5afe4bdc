"""Open Budget Survey 2015: 140 questions, an index over 109 of them, and the scores of overlapping sets."""

from collections.abc import Iterator

from benchmarks.published.system import Figure, Files, System, Table, near, ours, same
from lawgov_score.model import Scores

_SCORES = {
    "obi_pbs": "PBS",
    "obi_ebp": "EBP",
    "obi_eb": "EB",
    "obi_cb": "CB",
    "obi_iyr": "IYR",
    "obi_myr": "MYR",
    "obi_yer": "YER",
    "obi_ar": "AR",
    "pub_eng": "PE",
    "leg_obi": "LEG",
    "sai_obi": "SAI",
}
_ROUNDED = {"roundpub_eng": "PE_rounded", "roundleg_obi": "LEG_rounded", "roundsai_obi": "SAI_rounded"}
_GRADES = {"grade_leg": "LEG_grade", "grade_sai": "SAI_grade"}
_STRENGTHS = {3.0: "Strong", 2.0: "Moderate", 1.0: "Weak"}
_FOUR_DECIMALS = 0.5e-4 + 1e-9
# Errors of the source: Chad and Lebanon are printed 1.85 with all answers d, Germany 73.71 instead of 75.62.
_WRONG = {"executive's proposal": frozenset({"TCD", "LBN", "DEU"})}


def _table(files: Files) -> Table:
    return [
        {"unit": row["code"], "name": row["country"], "cohort": ""}
        | {column: cell for column, cell in row.items() if column.startswith("Q")}
        for row in files.inputs
    ]


def _figures(files: Files, scores: Scores) -> Iterator[Figure]:
    found = ours(scores)
    for row in files.printed:
        unit = row["code"]
        place = found.rows[unit]
        yield near("OBI", unit, row["obi"], found.at(unit, scores.tree.code), _FOUR_DECIMALS)
        for column, node in _SCORES.items():
            what = "executive's proposal" if node == "EBP" else "ten other scores"
            yield near(what, unit, row[column], found.at(unit, node), _FOUR_DECIMALS)
        yield near("OBI rounded", unit, row["roundobi"], float(scores.total[place]), 0)
        yield same("OBI grades", unit, row["grade_obi"], scores.grades[place])
        yield same("ranks", unit, row["rank"], str(scores.rank[place]))
        for column, node in _ROUNDED.items():
            yield near("three scores rounded", unit, row[column], found.at(unit, node), 0)
        for column, node in _GRADES.items():
            yield same("two strengths", unit, row[column], _STRENGTHS.get(found.at(unit, node), "—"))


SYSTEM = System(
    "open-budget-2015",
    "open_budget_survey_2015",
    "Open Budget Survey 2015",
    dict.fromkeys(("OBI", "executive's proposal", "OBI rounded", "OBI grades", "ranks"), 102)
    | {"ten other scores": 1020, "three scores rounded": 306, "two strengths": 204},
    _table,
    _figures,
    lambda _: _WRONG,
)
