"""方法: what the scores rest on: tree, policies and rules in words, waivers, inputs, terms."""

from collections.abc import Iterable, Sequence

import xlsxwriter

from lawgov_score import __version__, explanation
from lawgov_score.model import Indicator, Node, Scores, Tree
from lawgov_score.rules import KINDS
from lawgov_score.wording import Language, Words
from lawgov_score.workbook import labels, look
from lawgov_score.workbook.look import Formats
from lawgov_score.workbook.notes import LABEL, pieces
from lawgov_score.workbook.page import SMALL, Page, Text, finish, open_page

NAME = Words("方法", "Method")
_HEADLINE = Words("计分方法说明", "How the scores were made")
_TREE = Words("一、指标体系", "1. The indicator tree")
_TREE_TITLE = Words("名称", "Title")
_TREE_CODE = Words("编码", "Code")
_TREE_EDITION = Words("版本", "Edition")
_TREE_SIZE = Words("规模", "Size")
_TREE_POINTS = Words("满分", "Points")
_TREE_NOTICE = Words("说明", "Notice")
_FINGERPRINT = Words("指纹（SHA-256）", "Fingerprint (SHA-256)")
_PROGRAM = Words("计分程序", "Program")
_LEVEL = Words("{name} {n} 个", "{name}: {n}")
_POLICIES = Words("二、计分规定", "2. Policies")
_TERMS = Words("三、用语", "3. Terms")
_WAIVERS = Words("四、保留的原件矛盾", "4. Contradictions of the printed scheme that stand")
_NO_WAIVERS = Words("没有。", "None.")
_WAIVER = Words("{code} · {node}", "{code} · {node}")
_INPUTS = Words("五、输入文件", "5. Inputs")
_RULES = Words("六、各指标评分标准", "6. The standard of every indicator")
_NOTES = Words("六、有关指标的说明", "6. Notes on indicators")
_RULES_LAST = Words("七、各指标评分标准", "7. The standard of every indicator")
_BASIS = Words("依据", "Basis")
_KIND = Words("计分方式", "Rule")
_STANDARD = Words("评分标准", "Standard")
_CONVERSION = Words("折算", "Conversion")
_DEFINITIONS = (
    (
        Words("得分率", "Score rate"),
        Words("得分除以适用分值。", "Score divided by applicable points."),
    ),
    (
        Words("适用分（适用分值）", "Applicable points"),
        Words(
            "该单位实际适用的各指标分值之和；不适用的指标不计。",
            "The points of the indicators that apply to the unit; what does not apply is left out.",
        ),
    ),
    (
        _CONVERSION,
        Words(
            "把折算前得分按“得分 ÷ 适用分 × 满分”换算到满分 {points} 分，使适用指标不同的单位可以比较。",
            "Score ÷ applicable points × {points}, so that units with different indicators can be compared.",
        ),
    ),
    (
        Words("填报率", "Coverage"),
        Words("已填报项数除以应填报项数。", "Fields answered divided by fields asked."),
    ),
    (
        Words("未填报、不适用、待审核、填报有误", "Not filled in, not applicable, awaiting review, invalid"),
        Words(
            "四种不同状态，都不等于零分：没有得分的格留空，并写明状态。",
            "Four different states, none of them a score of zero: the cell stays blank and the state is named.",
        ),
    ),
    (
        Words("位次与等次", "Place and grade"),
        Words(
            "位次是在考核分组内按得分排的名次；等次按得分线、名额和一票否决评定，两者分开。",
            "The place follows from scores within the cohort; the grade from grade lines, quotas and vetoes.",
        ),
    ),
)
_WIDTHS = [11, 26, 8, 13, 72, 34]


def write(
    book: xlsxwriter.Workbook, formats: Formats, scores: Scores, inputs: Sequence[tuple[str, str]], lang: Language
) -> None:
    """The sheet 方法. ``inputs``: path and sha256 of every file that was read."""
    tree = scores.tree
    page = open_page(book, formats, NAME, lang, _WIDTHS)
    row = page.line(0, _HEADLINE, look.TITLE)
    row = page.line(row, _TREE, look.HEADING)
    row = _pairs(page, row, _about(tree))
    row = page.line(row + 1, _POLICIES, look.HEADING)
    row = _pairs(page, row, explanation.method(tree))
    row = page.line(row + 1, _TERMS, look.HEADING)
    row = _pairs(
        page, row, [(term, meaning(points=explanation.scale_of(tree))) for term, meaning in _definitions(tree)]
    )
    row = page.line(row + 1, _WAIVERS, look.HEADING)
    if tree.waivers:
        row = _pairs(page, row, [(_WAIVER(code=w.code, node=w.node), w.reason) for w in tree.waivers])
    else:
        row = page.line(row, _NO_WAIVERS, look.PLAIN)
    row = page.line(row + 1, _INPUTS, look.HEADING)
    row = _pairs(page, row, inputs, wide=4)
    notes = [node for node in explanation.shown_once(tree) if node.note]
    if notes:
        row = page.line(row + 1, _NOTES, look.HEADING)
        room = sum(page.widths[2:])
        pairs = ((_of(node), piece) for node in notes for piece in pieces(node.note, room))
        row = _pairs(page, row, pairs)
    page.sheet.set_h_pagebreaks([row + 1])
    header = page.line(row + 1, _RULES_LAST if notes else _RULES, look.HEADING)
    row = _rules(page, header, tree)
    finish(page, header=header, end=row)
    page.sheet.freeze_panes(0, 0)


def _of(node: Node) -> Text:
    return LABEL(code=node.copy_of or node.code, title=node.title)


def _definitions(tree: Tree) -> list[tuple[Words, Words]]:
    """The terms that this tree's sheets use."""
    left = [] if explanation.is_converted(tree) else [_CONVERSION]
    return [(term, meaning) for term, meaning in _DEFINITIONS if term not in left]


def _about(tree: Tree) -> list[tuple[Text, Text]]:
    joint = Words("{parts:list}", "{parts:list}")
    sizes = tuple(
        _LEVEL(name=name, n=sum(tree.depths[node.code] == at for node in explanation.shown_once(tree)))
        for at, name in enumerate(tree.levels, start=1)
    )
    pairs: list[tuple[Text, Text]] = [
        (_TREE_TITLE, tree.title),
        (_TREE_CODE, tree.code),
        (_TREE_EDITION, tree.edition),
        (_TREE_SIZE, joint(parts=sizes)),
        (_TREE_POINTS, labels.printed(tree.points)),
        (_FINGERPRINT, tree.fingerprint),
        (_PROGRAM, f"lawgov-score {__version__}"),
    ]
    if tree.notice:
        pairs.append((_TREE_NOTICE, tree.notice))
    return pairs


def _pairs(page: Page, row: int, pairs: Iterable[tuple[Text, Text]], wide: int = 2) -> int:
    """Lines of a label and a text; the label over the first ``wide`` columns."""
    left, right = sum(page.widths[:wide]), sum(page.widths[wide:])
    for label, text in pairs:
        page.span(row, 0, wide - 1, label, look.TEXT, bg_color=look.LOCKED_FILL)
        page.span(row, wide, page.last, text, look.TEXT)
        page.height(row, [(label, left), (text, right)])
        row += 1
    return row


def _rules(page: Page, row: int, tree: Tree) -> int:
    row = page.header(row, [labels.CODE, labels.INDICATOR, labels.POINTS, _KIND, _STANDARD, _BASIS])
    for indicator in explanation.shown_once(tree):
        if not isinstance(indicator, Indicator):
            continue
        standard = explanation.standard(indicator)
        rule = KINDS[indicator.rule.KIND]
        kind = Words(rule.NAME, rule.KIND.replace("_", " "))
        page.put(row, 0, indicator.copy_of or indicator.code, look.CENTRED)
        page.put(row, 1, indicator.title, look.TEXT)
        page.put(row, 2, indicator.points, look.POINTS, num_format="0.0#")
        page.put(row, 3, kind, look.CENTRED, font_size=9)
        page.put(row, 4, standard, look.TEXT, font_size=9)
        page.put(row, 5, indicator.basis, look.TEXT, font_size=9)
        cells: list[tuple[Text, float]] = [
            (indicator.title, page.widths[1]),
            (kind, page.widths[3] * SMALL),
            (standard, page.widths[4] * SMALL),
            (indicator.basis, page.widths[5] * SMALL),
        ]
        page.height(row, cells)
        row += 1
    return row
