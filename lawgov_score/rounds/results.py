"""What a run that is kept says, for those who show it: the ranking, a unit's scores, what changed since another run.

Everything is read from the tables that the run wrote, and from the tree that it read: nothing is worked out anew.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lawgov_score.catalogue import Code
from lawgov_score.content.changes import cause_named
from lawgov_score.explanation.figures import answer_phrase, state
from lawgov_score.files import possible_names
from lawgov_score.model import Answer, AnswerState, Group, Indicator, Status, Tree
from lawgov_score.pages.told import reviewed, told_of_total
from lawgov_score.problems import CellPlace
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.effect import rows_in
from lawgov_score.rounds.folder import plain_names
from lawgov_score.rounds.kept import names_in
from lawgov_score.rounds.models import Run
from lawgov_score.rounds.running import output_of
from lawgov_score.rounds.scheme import Scheme, of_scheme, scheme_at_hand, scheme_in
from lawgov_score.rules.phrases import value_figure
from lawgov_score.two_languages import Kept, kept_text, title_of
from lawgov_score.wording import Text, Words
from lawgov_score.workbook.submission.result_tables import FIGURES, RANKING, SCORES

PICTURES_PAGE = "html/office/index.html"
_UNIT_PAGES = "html/office/unit-"
_TOTAL = Words("总分", "Total")
_VALUE = Words("指标值", "Value")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit's line in the ranking, as ``ranking.csv`` has it: '' where there is nothing.

    ``vetoes``: those that struck, by the register or by what it answered, each named.
    """

    unit: str
    name: str
    cohort: str
    score: str
    rank: str
    grade: str
    is_provisional: bool
    tied: str
    vetoes: tuple[Text, ...] = ()

    @property
    def is_tied(self) -> bool:
        """Do others have its place?"""
        return self.tied not in {"", "1"}


@dataclass(frozen=True, slots=True)
class Ranking:
    """The units of a run by cohort, each from the first place to the last, those without a place behind: as written."""

    cohorts: Mapping[str, tuple[Ranked, ...]]

    @property
    def units(self) -> int:
        """How many units there are."""
        return sum(map(len, self.cohorts.values()))

    def unit(self, code: str) -> Ranked | None:
        """The line of a unit; None: it was not in the run."""
        return next((one for of in self.cohorts.values() for one in of if one.unit == code), None)

    @property
    def provisional(self) -> int:
        """How many of their grades are not settled."""
        return sum(one.is_provisional for of in self.cohorts.values() for one in of)

    def having(self, words: str) -> list[tuple[str, tuple[Ranked, ...]]]:
        """Cohorts and their units of whose code and name these words are a part; a cohort without any is left out."""
        wanted = words.casefold()
        found = (
            (name, tuple(one for one in of if wanted in f"{one.unit} {one.name}".casefold()))
            for name, of in self.cohorts.items()
        )
        return [(name, of) for name, of in found if of]


@dataclass(frozen=True, slots=True)
class NodeScore:
    """What a unit got at a node. ``depth``: 0 is the total. ``figures``: what the score rests on, by name, in words."""

    code: str
    title: Text
    depth: int
    is_group: bool
    points: float | None
    score: float | None
    state: Text
    reason: str
    figures: tuple[tuple[Text, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """What a unit's page says of its total, in sentences under labels; and the office's lines, the headings first.

    In the language of the run, as its reasons are.
    """

    total: tuple[tuple[str, str], ...] = ()
    review: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedUnit:
    """A unit that is not as it was in another run: its total then and now, and the nodes that changed, with causes."""

    unit: str
    name: str
    old: str
    new: str
    rank: tuple[str, str]
    grade: tuple[str, str]
    causes: tuple[Kept, ...]
    parts: tuple[tuple[str, str, str, str, Kept], ...]  # code, title, then, now, cause


def ranking_of(data: Data, run: Run) -> Ranking:
    """The ranking of a run. Raises ``RefusedError`` (R205)."""
    cohorts: dict[str, list[Ranked]] = {}
    struck: dict[str, dict[str, Text]] = {}  # by unit; two figures may trigger the same
    for record in run.problems:
        if record["code"] == Code.R107.value:
            struck.setdefault(record["unit"], {})[record["title"]] = title_of(record)
    for row in rows_in(_table(data, run, RANKING)):
        one = Ranked(
            row["unit"],
            row["name"],
            row["cohort"],
            row["score"],
            row["rank"],
            row["grade"],
            bool(row.get("provisional")),
            row.get("tied") or "",
            tuple(struck.get(row["unit"], {}).values()),
        )
        cohorts.setdefault(one.cohort, []).append(one)
    return Ranking({name: tuple(of) for name, of in cohorts.items()})


def scores_of(data: Data, run: Run, unit: str, only: str = "") -> tuple[NodeScore, ...]:
    """What a unit got at every node, the total first; ``only``: at this one. Raises ``RefusedError`` (R205)."""
    rows = [row for row in rows_in(_table(data, run, SCORES), unit) if not only or row["code"] == only]
    if not rows:
        return ()
    scheme = _scheme(data, run)
    kind = next((one.type for one in scheme.units if one.code == unit), "")
    tree = scheme.tree.of_type(kind)
    figures: dict[str, list[tuple[Text, Text]]] = {}
    for row in rows_in(_table(data, run, FIGURES), unit):
        if not only or row["code"] == only:
            figures.setdefault(row["code"], []).extend(_figure(tree, row["code"], row["field"], float(row["value"])))
    return tuple(_node(tree, row, tuple(figures.get(row["code"], ()))) for row in rows)


def explained(data: Data, run: Run, unit: str) -> Explained:
    """How the total of a unit came about, as its page says it that the run wrote. Raises ``RefusedError`` (R205)."""
    for name in possible_names(unit, ".html"):
        page = output_of(data, run, f"{_UNIT_PAGES}{name}")
        if page is not None:
            written = page.decode()
            return Explained(told_of_total(written), reviewed(written))
    return Explained()  # a unit without a score has no page


def changed_units(changes: bytes, run_rows: bytes) -> tuple[ChangedUnit, ...]:
    """``changes.csv`` unit by unit. ``run_rows``: the ``scores.csv`` of the newer run, which says what the total is."""
    root = next((row["code"] for row in rows_in(run_rows)), "")
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows_in(changes):
        found.setdefault(row["unit"], []).append(row)
    return tuple(_changed(unit, rows, root) for unit, rows in found.items())


def _changed(unit: str, rows: list[dict[str, str]], root: str) -> ChangedUnit:
    totals = [row for row in rows if row["code"] == root]
    top = totals[0] if totals else dict.fromkeys(("old", "new", "rank_old", "rank_new", "grade_old", "grade_new"), "")
    return ChangedUnit(
        unit,
        rows[0]["unit_name"],
        top["old"],
        top["new"],
        (top["rank_old"], top["rank_new"]),
        (top["grade_old"], top["grade_new"]),
        tuple({row["cause_name"]: _cause(row) for row in totals or rows}.values()),
        tuple((row["code"], row["title"], row["old"], row["new"], _cause(row)) for row in rows if row["code"] != root),
    )


def _cause(row: Mapping[str, str]) -> Kept:
    return kept_text(cause_named(row["cause"], row["cause_name"]))


def _node(tree: Tree, row: Mapping[str, str], figures: tuple[tuple[Text, Text], ...]) -> NodeScore:
    node = tree.by_code.get(row["code"])
    status = next((one for one in Status if one.printed == row["status"]), None)
    said: Text = row["status"]
    if node is not None and status is not None:
        said = state(node, status)
    return NodeScore(
        row["code"],
        _TOTAL if node is None else node.title,
        0 if node is None else tree.depths[node.code],
        node is None or isinstance(node, Group),
        float(row["points"]) if row["points"] else None,
        float(row["score"]) if row["score"] else None,
        said,
        row["reason"],
        figures,
    )


def _scheme(data: Data, run: Run) -> Scheme:
    """What the run assessed by: mostly what the round does now, which is at hand."""
    then = of_scheme(names_in(data, run.manifest))
    is_now = then == of_scheme(plain_names(data, run.round))
    return scheme_at_hand(data, run.round) if is_now else scheme_in(data, then)


def _table(data: Data, run: Run, name: str) -> bytes:
    found = output_of(data, run, name)
    assert found is not None  # every run wrote its tables
    return found


def _figure(tree: Tree, code: str, field: str, value: float) -> Iterator[tuple[Text, Text]]:
    """A figure in words: an answer, or the value that was worked out of answers; not where the value is an answer."""
    node = tree.by_code.get(code)
    if not isinstance(node, Indicator):
        return
    for asked in node.fields:
        if asked.code == field:
            yield asked.name, answer_phrase(asked, Answer(AnswerState.GIVEN, value, CellPlace("")))
            return
    if node.value is None or all(asked.code != node.value.text for asked in node.fields):
        yield _VALUE, value_figure(value, node.terms.value, () if node.rule is None else node.rule.quantities)
