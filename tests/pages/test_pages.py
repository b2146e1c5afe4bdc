"""The pages: whole, accessible, the same every time; a card names nobody else; what was typed stays text.

Reaches ``explanation/signing.py``, ``pages/card_details.py``, ``pages/categories.py``, ``pages/charts.py``,
``pages/document.py``,
``pages/drawing.py``, ``pages/overview.py``, ``pages/ranking_page.py``, ``pages/ranking_table.py``,
``pages/table.py``.
"""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

import everything
import numpy as np
import pytest
from builders import a_given_score, a_group, a_submission, a_tree, a_unit
from markup import Outline

from lawgov_score.catalogue import Code
from lawgov_score.content import appeal, card, conversion, losses, palette, rates
from lawgov_score.model import Grade, Scores
from lawgov_score.model.assessed import Assessed
from lawgov_score.model.previous import Previous
from lawgov_score.pages.folder import INDEX, OFFICE, PageTask, names_of, write_indexes, write_task
from lawgov_score.pages.html import escaped, tag
from lawgov_score.pages.style import PAPER, STEPS, scale_colour
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.processes import Desk
from lawgov_score.report import render
from lawgov_score.scoring import score
from lawgov_score.scoring.advice.advise import advise
from lawgov_score.wording import Language

CHROMIUM, PDFTOTEXT = shutil.which("chromium"), shutil.which("pdftotext")


def written(scores: Scores, folder: Path, lang: Language = Language.ZH) -> dict[str, str]:
    """The office's pages, by name. They are the ones with all there is to show."""
    folder.mkdir(exist_ok=True)
    rows = tuple(names_of(scores))
    advices = dict(zip(rows, advise(scores, rows), strict=True))
    wrong = Problem(
        Code.S203,
        CellPlace("received/here/a.xlsx", "填报", "D1"),
        {"field": "<b>x", "found": "约95", "example": "95%", "hint": ""},
    )
    write_indexes(scores, folder, lang, [*scores.problems, wrong])
    for row, name in names_of(scores).items():
        write_task(Desk(Assessed(scores)), PageTask(row, folder / OFFICE / name, (wrong,), lang, advices[row]))
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((folder / OFFICE).iterdir())}


@pytest.fixture(scope="module", params=list(Language))
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return written(everything.a_round(), tmp_path_factory.mktemp("pages"), request.param)


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


@pytest.mark.parametrize("is_shown", [False, True])
def test_a_units_page_holds_no_path_and_reviewers_by_policy(is_shown: bool, tmp_path: Path) -> None:
    scores = everything.a_round()
    policies = replace(scores.tree.policies, show_reviewers=is_shown)
    found = written(replace(scores, tree=replace(scores.tree, policies=policies)), tmp_path / "pages")
    review = scores.review
    reviewers = {one.reviewer for one in review.changes} | {one.reviewer for one in review.marks}
    assert reviewers
    units = "".join(page for name, page in found.items() if name != INDEX)
    assert "received" not in units
    assert "<b>x" not in units
    assert escaped("约95") in units  # the problem is there, with what was found
    assert "received/here" in found[INDEX]  # the office looks for the file
    assert any(one in units for one in reviewers) == is_shown


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


def test_columns_of_the_histogram_end_at_grade_lines(tmp_path: Path) -> None:
    scores = everything.a_round()
    line = round((float(np.nanmin(scores.total)) + float(np.nanmax(scores.total))) / 2)
    first, *others = (replace(one, at_least=0.0, lines={}) for one in scores.tree.grades)
    tree = replace(scores.tree, grades=(replace(first, at_least=float(line)), *others))
    page = written(replace(scores, tree=tree), tmp_path / "p")[INDEX]
    (drawn,) = re.findall(r"<svg[^>]*spread-chart-title.*?</svg>", page)
    (dashed,) = re.findall(r'<line x1="([0-9.]+)"[^>]*dasharray', drawn)
    columns = [(float(x), float(w)) for x, w in re.findall(r'<rect x="([0-9.]+)"[^>]*? width="([0-9.]+)"', drawn)]
    assert columns
    assert not [x for x, wide in columns if x + 1 < float(dashed) < x + wide - 1]


def test_every_category_with_its_losses_is_listed(tmp_path: Path) -> None:
    groups = [a_group(code=f"{i:03}", children=[a_given_score(code=f"{i:03}-1")]) for i in range(1, 46)]
    units = (a_unit(code="U1"), a_unit(code="U2"))
    came = [a_submission(unit=unit, answers={f"{group.code}-1.x": 5.0 for group in groups}) for unit in units]
    pages = written(score(a_tree(children=groups), units, came), tmp_path / "p")
    found = Outline(pages[INDEX])
    text = "\n".join(found.text)
    after = text[text.index(render(losses.HEADLINE, Language.ZH)) :]
    assert all(f"\n{group.code}\n" in after for group in groups)
    card_text = "".join(Outline(next(page for name, page in pages.items() if name != INDEX)).text)
    assert "列出影响总分最大的 10 项，有失分的共 45 项" in card_text


def test_sections_are_numbered_without_a_gap_whatever_a_round_lacks(tmp_path: Path) -> None:
    unit = a_unit(code="U1")
    few = score(a_tree(children=[a_group(children=[a_given_score()])]), (unit,), [])
    page = written(few, tmp_path / "none")[INDEX]  # nobody has a score: no cohorts, no spread
    one = score(few.tree, (unit,), [a_submission(unit=unit, answers={"01-1.x": 5.0})])
    for found in (page, written(one, tmp_path / "one")[INDEX], written(everything.a_round(), tmp_path / "all")[INDEX]):
        heads = re.findall(r"<h2[^>]*>([一二三四五六七八九])、", found)
        assert heads == list("一二三四五六七八九"[: len(heads)])
        assert len(heads) >= 4


def test_who_rose_and_who_fell_is_listed_where_a_last_edition_was_given(tmp_path: Path) -> None:
    scores = everything.a_round()
    ranks = {unit.code: int(scores.rank[row]) + (row % 3 - 1) for row, unit in enumerate(scores.units)}
    last = Previous("last", {code: max(rank, 1) for code, rank in ranks.items()}, {}, {}, {})
    page = written(replace(scores, previous=last), tmp_path / "last")[INDEX]
    assert 'id="moves"' in page
    assert "↑1" in page
    assert 'id="moves"' not in written(replace(scores, previous=None), tmp_path / "none")[INDEX]


def test_each_chart_has_a_form_for_narrow_screens(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        figures = re.findall(r"<figure.*?</figure>", page)
        assert figures, name
        for one in figures:
            wide = {look: int(size) for size, look in re.findall(r'viewBox="0 0 (\d+) [^"]*" class="(\w+)"', one)}
            assert wide.keys() == {"broad", "narrow"}, name
            assert wide["narrow"] <= 362, name  # 390 pixels without the margins: letters keep their size


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
    assert min(contrast(palette.BAD, fill) for fill in (PAPER, palette.INPUT_FILL)) >= 4.5
    assert contrast(palette.MUTED, PAPER) >= 4.5
    assert contrast(palette.INK, palette.CHANGED_FILL) >= 4.5
    assert contrast("#777777", "#888888") < 4.5  # a control


def test_escaping() -> None:
    assert tag("p", "<i>", title='"').markup == '<p title="&quot;">&lt;i&gt;</p>'
    assert escaped("a\ud800b") == "a\N{REPLACEMENT CHARACTER}b"


def a_browser(folder: Path, *more: str) -> bytes:
    quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", *quiet, "--disable-sync"]
    command += [f"--user-data-dir={folder}/profile", *more]
    return subprocess.run(command, check=True, capture_output=True, timeout=120).stdout


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium; .ci/witnesses installs it")
def test_a_browser_shows_the_ranking(tmp_path: Path) -> None:
    scores = everything.a_round()
    written(scores, tmp_path / "pages")
    dom = a_browser(tmp_path, "--dump-dom", (tmp_path / "pages" / OFFICE / INDEX).as_uri()).decode()
    found = Outline(dom)
    assert found.faults == []
    assert len(found.named("svg")) >= 3
    assert all(unit.name in dom for unit in scores.units)


_MEASURE = """<!DOCTYPE html><iframe srcdoc="{page}" style="width:{wide}px;height:900px;border:0"></iframe><script>
onload = () => {{
  const page = document.querySelector("iframe").contentDocument;
  const box = one => one.getBoundingClientRect();
  const seen = one => {{ const at = box(one); return at.width > 0 && at.left >= 0 && at.right <= {wide}; }};
  const reasons = [...page.querySelectorAll(".stack tbody .w")].filter(one => one.textContent);
  const slides = [...page.querySelectorAll(".scroll")].map(
    one => [one.scrollWidth > one.clientWidth + 1, box(one.querySelector(".slides")).height > 5]);
  const shown = [...page.querySelectorAll("svg")].filter(one => box(one).width).map(one => one.getAttribute("class"));
  const front = [...page.querySelectorAll("#ranking-table-caption ~ tbody tr:not(.band)")].map(
    row => [...row.children].slice(0, 4).every(seen));
  const inside = [...page.querySelectorAll(".stack td")].filter(one => one.textContent && seen(one)).map(
    one => page.defaultView.getComputedStyle(one, "::before").content);
  document.title = JSON.stringify({{
    wide: page.documentElement.scrollWidth, reasons: reasons.map(seen), slides, shown: [...new Set(shown)], front,
    inside: [...new Set(inside)]}});
}};</script>"""


def measured(page: str, wide: int, folder: Path) -> dict[str, Any]:
    """What a browser shows of a page at so many pixels; a window of its own may not be as narrow."""
    frame = folder / f"frame-{wide}.html"
    frame.write_text(_MEASURE.format(page=escaped(page), wide=wide), encoding="utf-8")
    dom = a_browser(folder, "--dump-dom", frame.as_uri()).decode()
    said = re.search(r"<title>(.*?)</title>", dom)
    assert said is not None
    found: dict[str, Any] = json.loads(unescape(said[1]))
    return found


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium; .ci/witnesses installs it")
def test_a_telephone_shows_score_grade_and_reasons_without_sliding(tmp_path: Path) -> None:
    pages = written(everything.a_round(), tmp_path / "pages")
    index = measured(pages[INDEX], 390, tmp_path)
    assert len(index["front"]) >= 4
    assert all(index["front"])  # place, unit, score, grade
    unit = measured(next(page for name, page in pages.items() if name != INDEX), 390, tmp_path)
    assert len(unit["reasons"]) >= 4
    assert all(unit["reasons"])
    assert {'"扣分理由"', '"得分"', '"失分"'} <= set(unit["inside"])  # the headings went into the rows
    for found in (index, unit):
        assert found["wide"] <= 390
        assert found["shown"] == ["narrow"]


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium; .ci/witnesses installs it")
@pytest.mark.parametrize("wide", [390, 700, 1280])
def test_a_table_says_that_it_slides_exactly_where_it_does(wide: int, tmp_path: Path) -> None:
    page = written(everything.a_round(), tmp_path / "pages")[INDEX]
    slides = measured(page, wide, tmp_path)["slides"]
    assert slides
    assert [said for _, said in slides] == [does for does, _ in slides]
    assert any(does for does, _ in slides) or wide > 390


@pytest.mark.skipif(CHROMIUM is None or PDFTOTEXT is None, reason="no Chromium or poppler; .ci/witnesses installs both")
def test_on_paper_no_heading_is_parted_from_its_chart(tmp_path: Path) -> None:
    scores = everything.a_round()
    written(scores, tmp_path / "pages")
    paper = tmp_path / "index.pdf"
    a_browser(
        tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={paper}", (tmp_path / "pages" / OFFICE / INDEX).as_uri()
    )
    text = subprocess.run([str(PDFTOTEXT), str(paper), "-"], check=True, capture_output=True, timeout=60).stdout
    sheets = text.decode().split("\f")
    (there,) = [sheet for sheet in sheets if render(losses.HEADLINE, Language.ZH) in sheet.replace(" ", "")]
    assert losses.losses(scores, rates.categories(scores.tree))[0].node.title in there.replace("\n", "")


@pytest.mark.skipif(CHROMIUM is None or PDFTOTEXT is None, reason="no Chromium or poppler; .ci/witnesses installs both")
def test_on_paper_the_first_sheet_of_a_unit_says_why_and_how_to_object_and_sections_stay_whole(tmp_path: Path) -> None:
    scores = everything.a_round()
    written(scores, tmp_path / "pages")
    row, name = next(iter(names_of(scores).items()))
    paper = tmp_path / "unit.pdf"
    a_browser(
        tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={paper}", (tmp_path / "pages" / OFFICE / name).as_uri()
    )
    text = subprocess.run([str(PDFTOTEXT), str(paper), "-"], check=True, capture_output=True, timeout=60).stdout
    sheets = [re.sub(r"\s", "", sheet) for sheet in text.decode().split("\f")]
    assert all(one.zh in sheets[0] for one in (conversion.HEADING, appeal.HEADING, card.WHOLE))
    costliest = [one.node.title for one in losses.biggest_losses(scores, row).rows[:10]]
    assert len(costliest) > 1
    (there,) = [sheet for sheet in sheets if f"、{card.LOSSES.zh}" in sheet]
    assert all(re.sub(r"\s", "", title) in there for title in costliest)
