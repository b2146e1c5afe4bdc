"""The folder for the public holds the result and nothing else, whatever the round; pages of earlier runs are named.

A page is read text by text: each must be one that the result consists of. What is not foreseen fails.
"""

import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import everything
import pytest
import sample_round
import scheme_runs
from builders import a_given_score, a_submission, a_tree, a_unit
from calls import run
from hypothesis import HealthCheck, given, settings
from markup import Outline
from random_rounds import Round, shared_rounds

from lawgov_score.catalogue import Code
from lawgov_score.content import labels, ranking
from lawgov_score.content.result_title import result_title
from lawgov_score.explanation import method, reasons
from lawgov_score.explanation.printed_grade import is_provisional
from lawgov_score.model import Scores
from lawgov_score.pages.folder import INDEX, OFFICE, PUBLIC, left_over, names_of, write_indexes
from lawgov_score.pages.public_page import public_page
from lawgov_score.pages.ranking_page import ranking_page
from lawgov_score.pages.reader import Reader
from lawgov_score.report import render
from lawgov_score.rounding import half_up
from lawgov_score.scoring import score
from lawgov_score.wording import Language, Text
from submissions import make_sample_round

ROOT = Path(__file__).parents[2]
_LEADS = re.compile(r"href|src|srcset|action|formaction|data|poster|ping|cite|manifest|background|http-equiv")
_FIXED = {  # headings and sentences that do not depend on any unit
    *("考核结果", "有关说明", "排名", "跳到正文", "位次", "单位", "得分", "等次"),
    "注“暂定”的，考核事项尚未全部审定，以最后公布的结果为准。",
    "未计分的单位，没有得分、位次和等次。",
}


def crawled(folder: Path) -> dict[str, str]:
    """Every page that can be reached from the first one, and every file that lies in the folder."""
    found: dict[str, str] = {}
    waiting = [INDEX]
    while waiting:
        name = waiting.pop()
        found[name] = (folder / name).read_text(encoding="utf-8")
        for element, said in Outline(found[name]).elements:
            for key, value in said.items():
                if not _LEADS.fullmatch(key) or (element, value) == ("meta", "Content-Security-Policy"):
                    continue
                assert key == "href", (element, key, value)
                assert (value or "").startswith("#"), value  # to a place on the page itself
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*")} == set(found)
    return found


def allowed(scores: Scores) -> set[str]:
    """Every text of which the result consists."""
    tree = scores.tree

    def say(text: Text) -> str:
        return render(text, Language.ZH)

    texts = {*_FIXED, say(result_title(scores)), say(labels.edition(scores)), tree.notice}
    texts |= {unit.name for unit in scores.units} | set(scores.place_texts)
    if len({unit.name for unit in scores.units}) < len(scores.units):
        texts |= {"单位编码", *(unit.code for unit in scores.units)}
    for row in range(len(scores.units)):
        mark = "（暂定）" if is_provisional(scores, row) else ""
        letter = scores.letter_of_total(row)
        decimals = max(tree.policies.total_decimals or 0, 2)
        total = f"{half_up(scores.total[row : row + 1], decimals).item():.{decimals}f}".replace("-", "−")
        texts |= {scores.grades[row] + mark, total, total + mark, f"{letter}  {total}", f"{letter}  {total}{mark}"}
        texts.add(say(ranking.band(scores, int(scores.cohorts[row]), Language.ZH)))
    texts.add(say(ranking.UNPLACED(n=len(scores.units) - len(labels.listed(scores)))))
    texts |= {say(label) + "：" + say(text) + "。" for label, text in method.in_brief(tree)}
    texts.add(f"考核依据：{tree.title}（{tree.edition} 版）。")
    return texts


def surplus(scores: Scores, page: str) -> list[str]:
    """Texts of a page that are no part of the result."""
    told = allowed(scores)
    aspects = {aspect.title for aspect in scores.tree.children} if not labels.has_total(scores.tree) else set()
    footer = re.compile(r"由 lawgov-score \S+ 计算生成；指标体系 \S+（.*?版）。")
    rest = [text for text in _texts(page) if text not in told and not footer.fullmatch(text)]
    if aspects:  # without a total the scores of the aspects are the result
        figures = re.compile(r"(?:\S+  )?−?[\d.]+ / [\d.]+|（[\d.]+分）")
        rest = [text for text in rest if text not in aspects and not figures.fullmatch(text)]
    return rest


def _texts(page: str) -> Iterator[str]:
    after_style = page[page.index("</style>") :]
    title = page[page.index("<title>") : page.index("</title>")]
    yield from (text for text in Outline(title + after_style).text if text.strip())


def forbidden(scores: Scores) -> Iterator[str]:
    """What concerns single units or the office's work, in whatever words: said here apart from the list above."""
    yield from ("填报率", "佐证", "复核", "unit-", ".xlsx", ".csv", ".yaml", "备注", "扣分理由", "待审核")
    review = scores.review
    reviewers = {one.reviewer for one in review.changes} | {one.reviewer for one in review.rulings}
    yield from (reviewers | {one.reviewer for one in review.marks}) - {""}
    for row in range(len(scores.units)):
        for indicator in scores.tree.indicators:
            why = reasons.reason(scores, row, indicator.code)
            if why is not None:
                yield render(why, Language.ZH)


def assert_is_the_result_alone(scores: Scores, page: str) -> None:
    assert surplus(scores, page) == []
    text = "\n".join(_texts(page))
    names = {scores.tree.title, scores.tree.notice, *(unit.name for unit in scores.units)}
    names |= {cohort.name for cohort in scores.tree.cohorts} | {grade.name for grade in scores.tree.grades}
    found = [one for one in forbidden(scores) if one in text and not any(one in name for name in names)]
    assert found == []
    known = "|".join(code.value for code in Code)
    assert not re.search(rf"(?<![A-Za-z0-9])(?:{known})(?![A-Za-z0-9])", text)


@cache
def everything_page() -> str:
    return public_page(Reader(Language.ZH), everything.a_round())


def test_the_sample_round(tmp_path: Path) -> None:
    sample, out = tmp_path / "sample", tmp_path / "out"
    sample.mkdir()
    roster = shutil.copy(make_sample_round.FOLDER / "roster.csv", sample / "roster.csv")
    assert sample_round.main(sample) == 0
    tree = ROOT / "indicators" / "qujialing-2017"
    office, previous = sample / make_sample_round.OFFICE, sample / make_sample_round.PREVIOUS
    ours = ["--roster", str(roster), "--assessor", str(office), "--previous", str(previous)]
    assert run("score", str(tree), str(sample), *ours, "--html", str(out)) == 1
    assert {path.name for path in out.iterdir()} == {PUBLIC, OFFICE}
    (page,) = crawled(out / PUBLIC).values()
    scores = sample_round.scores()
    assert_is_the_result_alone(scores, page)
    for row in labels.listed(scores):
        assert scores.units[row].name in page
        assert labels.grade(scores, row, Language.ZH) in page
    assert {path.name for path in (out / OFFICE).iterdir()} == {INDEX, *names_of(scores).values()}


@pytest.mark.parametrize("folder", scheme_runs.SCHEMES, ids=lambda folder: folder.name)
def test_schemes(folder: Path, tmp_path: Path) -> None:
    done = scheme_runs.done(folder)
    assert done.scores is not None, "a scheme with figures comes to scores"
    write_indexes(done.scores, tmp_path, Language.ZH, done.problems)
    (page,) = crawled(tmp_path / PUBLIC).values()
    assert_is_the_result_alone(done.scores, page)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(shared_rounds())
def test_random_rounds(one: Round) -> None:
    scores = one.scored()
    page = public_page(Reader(Language.ZH), scores)
    assert Outline(page).faults == []
    assert_is_the_result_alone(scores, page)


def test_a_round_in_which_everything_happens() -> None:
    assert_is_the_result_alone(everything.a_round(), everything_page())


def test_the_pages_of_the_office_would_not_pass() -> None:
    """The control: what the office sees is seen by the test."""
    scores = everything.a_round()
    page = ranking_page(Reader(Language.ZH), scores, scores.problems, names_of(scores))
    assert surplus(scores, page)
    with pytest.raises(AssertionError):
        assert_is_the_result_alone(scores, page)


@pytest.mark.parametrize("added", ["S203", "填报率 99%", "../office/index.html", "另有 2 项待审核"])
def test_a_line_too_many_would_be_seen(added: str) -> None:
    page = everything_page().replace("</main>", f"<p>{added}</p></main>")
    assert surplus(everything.a_round(), page) == [added]


def test_a_way_out_would_be_seen(tmp_path: Path) -> None:
    (tmp_path / INDEX).write_text(everything_page().replace("</main>", '<a href="x.html"></a></main>'), "utf-8")
    with pytest.raises(AssertionError):
        crawled(tmp_path)


def test_units_of_one_name_are_told_apart_by_their_codes() -> None:
    units = (a_unit(code="U1", name="法制科"), a_unit(code="U2", name="法制科"))
    came = [a_submission(unit=unit, answers={"01-1.x": 5}) for unit in units]
    scores = score(a_tree(indicators=[a_given_score(points=100.0)]), units, came)
    page = public_page(Reader(Language.ZH), scores)
    assert "U1" in page
    assert "U2" in page
    assert_is_the_result_alone(scores, page)


# ------------------------------------------------- what lies there of earlier runs


def test_pages_of_earlier_versions_are_found_and_no_others(tmp_path: Path) -> None:
    scores = everything.a_round()
    write_indexes(scores, tmp_path, Language.ZH, ())
    assert list(left_over(scores, tmp_path)) == []
    ours = (tmp_path / OFFICE / INDEX).read_text(encoding="utf-8")
    old = [tmp_path / INDEX, tmp_path / "unit-A.html", tmp_path / OFFICE / "unit-gone.html"]
    for path in old:
        path.write_text(ours, encoding="utf-8")
    (tmp_path / "unit-other.html").write_text("<!DOCTYPE html><p>不是本系统写的", encoding="utf-8")
    (tmp_path / "unit-folder.html").mkdir()
    other = ours.replace(f"（{scores.tree.edition} 版）", "（<二> 版）").replace("<二>", "&lt;二&gt;")
    assert other != ours
    old[0].write_text(other, encoding="utf-8")
    edition = scores.tree.edition
    assert list(left_over(scores, tmp_path)) == [(old[0], "<二>"), (old[1], edition), (old[2], edition)]
    old[1].write_text(ours.replace(f"指标体系 {scores.tree.code}（", "指标体系 another（"), encoding="utf-8")
    assert [path for path, _ in left_over(scores, tmp_path)] == [old[0], old[2]]
    assert all(path.exists() for path in old)


def test_the_command_says_so_and_removes_them_where_it_may(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = ROOT / "tests" / "schemes" / "f-grades", tmp_path / "out"
    inputs = (str(folder / "tree.yaml"), str(folder / "figures.csv"), "--roster", str(folder / "roster.csv"))
    code = run("score", *inputs, "--html", str(out))
    assert "O118" not in capsys.readouterr().err
    shutil.copy(out / OFFICE / INDEX, out / INDEX)
    mine = out / "unit-mine.html"
    mine.write_text("<!DOCTYPE html><p>不是本系统写的", encoding="utf-8")
    assert run("score", *inputs, "--html", str(out)) == code
    assert "加 --overwrite" in (said := capsys.readouterr().err)
    assert "O118" in said
    assert (out / INDEX).exists()
    assert run("score", *inputs, "--html", str(out), "--overwrite") == code
    assert "已按 --overwrite 删去" in capsys.readouterr().err
    assert not (out / INDEX).exists()
    assert mine.exists()
