"""The pages: whole, accessible, the same every time; a card names nobody else; what was typed stays text."""

import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import everything
import numpy as np
import pytest

from lawgov_score.catalogue import Code
from lawgov_score.content import palette
from lawgov_score.model import Grade, Scores
from lawgov_score.pages.folder import INDEX, names_of, write_pages
from lawgov_score.pages.html import escaped, tag
from lawgov_score.pages.style import PAPER, STEPS, scale_colour
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.scoring.advise import advise
from lawgov_score.wording import Language

CHROMIUM = shutil.which("chromium")
_VOID = {"meta", "br", "col", "link"}


def written(scores: Scores, folder: Path, lang: Language = Language.ZH) -> dict[str, str]:
    folder.mkdir(exist_ok=True)
    rows = tuple(names_of(scores))
    advices = dict(zip(rows, advise(scores, rows), strict=True))
    wrong = Problem(
        Code.S203, CellPlace("a.xlsx", "填报", "D1"), {"field": "<b>x", "found": "约95", "example": "95%", "hint": ""}
    )
    write_pages(
        scores,
        folder,
        lang,
        problems=[*scores.problems, wrong],
        own=lambda row: [wrong],
        advices=advices,
        watch=lambda each: each,
    )
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module", params=list(Language))
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return written(everything.a_round(), tmp_path_factory.mktemp("pages"), request.param)


class Outline(HTMLParser):
    """What a page is made of: elements with their attributes, balanced or not."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.text: list[str] = []
        self.feed(page)
        self.faults += [f"<{name}> is never closed" for name in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            self.faults.append(f"<{tag}> says something twice: {names}")
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes another element")

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def named(self, *tags: str) -> list[dict[str, str | None]]:
        return [said for name, said in self.elements if name in tags]


def test_a_page_for_the_ranking_and_one_for_every_unit_that_has_a_card(pages: dict[str, str]) -> None:
    assert set(pages) == {INDEX, *names_of(everything.a_round()).values()}


def test_pages_are_well_formed_and_read_out_in_order(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        found = Outline(page)
        assert found.faults == [], name
        identities = [said["id"] for _, said in found.elements if "id" in said]
        assert len(identities) == len(set(identities)), name
        levels = [int(one[1]) for one, _ in found.elements if re.fullmatch("h[1-6]", one)]
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(after - before <= 1 for before, after in pairwise(levels)), name
        for landmark in ("header", "main", "footer"):
            assert len(found.named(landmark)) == 1, (name, landmark)
        assert all(said.get("scope") in {"col", "row", "rowgroup"} for said in found.named("th")), name
        assert len(found.named("caption")) == len(found.named("table")), name
        for said in found.named("svg"):
            assert said["role"] == "img"
            assert set((said["aria-labelledby"] or "").split()) <= set(identities), name
        for _, said in found.elements:
            for reference in (said.get("aria-labelledby") or "").split():
                assert reference in identities, (name, reference)
        assert (found.named("html")[0]["lang"] or "") in {"zh-CN", "en"}


def test_nothing_is_fetched_and_nothing_runs(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        found = Outline(page)
        assert not found.named("script", "link", "img", "iframe", "object", "form"), name
        assert any("default-src 'none'" in (said.get("content") or "") for said in found.named("meta")), name
        assert not re.search(r"(?:src|action|poster)=|@import|url\(\s*[\"']?(?!#)", page), name
        assert "://" not in page, name
        for said in found.named("a"):
            target = said["href"] or ""
            assert target.startswith("#") or target in pages, (name, target)


def test_a_card_names_no_other_unit_and_leads_nowhere(pages: dict[str, str]) -> None:
    scores = everything.a_round()
    for row, name in names_of(scores).items():
        others = [unit.name for i, unit in enumerate(scores.units) if i != row]
        assert not any(other in pages[name] for other in others), name
        assert {said["href"] for said in Outline(pages[name]).named("a")} == {"#main"}


def test_totals_places_and_grades_are_those_of_the_engine(pages: dict[str, str]) -> None:
    scores = everything.a_round()
    text = "\n".join(Outline(pages[INDEX]).text)
    for row, unit in enumerate(scores.units):
        assert unit.name in text
        if scores.rank[row]:
            assert scores.grades[row] in text


def test_grade_lines_are_drawn_only_where_they_are_everybodys(tmp_path: Path) -> None:
    scores = everything.a_round()
    line = Grade("合格", 1.0)
    low, high = float(np.nanmin(scores.total)), float(np.nanmax(scores.total))
    middle = replace(line, at_least=(low + high) / 2)
    drawn = {}
    for name, grade in (("all", middle), ("own", replace(middle, lines={"x": 1.0}))):
        tree = replace(scores.tree, grades=(grade, *scores.tree.grades[1:]))
        page = written(replace(scores, tree=tree), tmp_path / name)[INDEX]
        drawn[name] = page.count("stroke-dasharray")
    assert drawn["all"] > drawn["own"]


def test_the_same_scores_the_same_bytes(tmp_path: Path) -> None:
    assert written(everything.a_round(), tmp_path / "a") == written(everything.a_round(), tmp_path / "b")


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '"><b>', "a & b", "\u202eevil", "\x00\x07"])
def test_what_was_typed_stays_text(name: str, tmp_path: Path) -> None:
    scores = everything.a_round()
    units = (replace(scores.units[0], name=name), *scores.units[1:])
    for page in written(replace(scores, units=units), tmp_path / "p").values():
        found = Outline(page)
        assert found.faults == []
        assert not found.named("script")
        assert "\x00" not in page


def test_a_unit_called_index_does_not_replace_the_ranking() -> None:
    scores = everything.a_round()
    units = (replace(scores.units[0], code="index"), *scores.units[1:])
    assert INDEX not in names_of(replace(scores, units=units)).values()


def _light(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((_light(one), _light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_letters_stand_out_from_what_they_stand_on() -> None:
    fills = [PAPER, palette.HEADER_FILL, palette.BAND_FILL, palette.LOCKED_FILL, palette.INPUT_FILL]
    scale = [scale_colour(step) for step in range(STEPS + 1)]
    assert min(contrast(palette.INK, fill) for fill in [*fills, *scale]) >= 4.5
    assert min(contrast(palette.ACCENT, fill) for fill in fills) >= 4.5
    assert min(contrast(colour, PAPER) for colour in (palette.MUTED, palette.BAD)) >= 4.5
    assert contrast("#777777", "#888888") < 4.5  # a control


def test_escaping() -> None:
    assert tag("p", "<i>", title='"').markup == '<p title="&quot;">&lt;i&gt;</p>'
    assert escaped("a\ud800b") == "a\N{REPLACEMENT CHARACTER}b"


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium; .ci/witnesses installs it")
def test_a_browser_shows_the_ranking(tmp_path: Path) -> None:
    scores = everything.a_round()
    written(scores, tmp_path / "pages")
    quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", *quiet, "--disable-sync"]
    command += [f"--user-data-dir={tmp_path}/profile", "--dump-dom", (tmp_path / "pages" / INDEX).as_uri()]
    dom = subprocess.run(command, check=True, capture_output=True, timeout=120).stdout.decode()
    found = Outline(dom)
    assert found.faults == []
    assert len(found.named("svg")) >= 3
    assert all(unit.name in dom for unit in scores.units)
