"""Explanatory texts about the tree itself and the terms used; ``explanation.method`` words the policies."""

from lawgov_score import __version__
from lawgov_score.content import labels
from lawgov_score.content.levels import level_figures
from lawgov_score.explanation.scale import scale_phrases
from lawgov_score.model import Tree
from lawgov_score.wording import Text, Words

SHEET = Words("方法", "Method")
_TREE_TITLE = Words("名称", "Title")
_TREE_CODE = Words("编码", "Code")
_TREE_EDITION = Words("版本", "Edition")
_TREE_SIZE = Words("规模", "Size")
_TREE_POINTS = Words("满分", "Points")
_SCALE = Words("满分口径", "Scale")
_TREE_NOTICE = Words("说明", "Notice")
_FINGERPRINT = Words("指纹（SHA-256）", "Fingerprint (SHA-256)")
_PROGRAM = Words("计分程序", "Program")
_LEVEL = Words("{name} {n} 个", "{name}: {n}")
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


LIVE = Words(
    "“排名”“分类得分”表的得分、位次、等次是公式，引用“合成”表；“合成”由“明细”表的得分逐级汇总，“明细”的指标值、"
    "分值和得分引用“填报值”表。各公式旁存有本系统算出的结果；改动“填报值”表浅黄色的数即可试算，但各单位的先后顺序和"
    "说明文字不随之变动。复核改分、审核否定、未评定等由人决定的得分，以及加减分和一票否决，是填入的数，依据见该行的理由"
    "和“评定”表。",
    "Scores, places and grades under “Ranking” and “Categories” are formulas over “Sums”; those add up the scores of "
    "“Details”, which are formulas over “Figures”. Each is stored with the result computed here. Change a figure on "
    "yellow to try it out; the order of the rows and what is said of them stay as they are. What people decided "
    "(changed on review, refused, not yet marked, adjustments, vetoes) are stated figures; the reason in the row and "
    "the sheet “Review” say why.",
)
SPLIT = Words(
    "单位较多，一张工作表放不下全部明细，分为 {n} 张：“明细1”至“明细{n}”。",
    "So many units that their details take {n} sheets: “Details 1” to “Details {n}”.",
)
STATED = Words(
    "单位和指标较多，为使表格软件能够打开，本工作簿只存算好的数，不含公式；逐项复核请用各单位的评分卡，其中均为公式。",
    "So many units and indicators that a spreadsheet program could hardly open formulas: this workbook holds values. "
    "To check a score, use the unit's card, where scores are formulas.",
)
HEADLINE = Words("计分方法说明", "How the scores were made")
TREE = Words("指标体系", "The indicator tree")
POLICIES = Words("计分规定", "Policies")
TERMS = Words("用语", "Terms")
WAIVERS = Words("保留的原件矛盾", "Contradictions of the printed scheme that stand")
NO_WAIVERS = Words("没有。", "None.")
WAIVER = Words("{code} · {node}", "{code} · {node}")
INPUTS = Words("输入文件", "Inputs")
RULES = Words("各指标评分标准", "The standard of every indicator")
NOTES = Words("有关指标的说明", "Notes on indicators")
BASIS = Words("依据", "Basis")
KIND = Words("计分方式", "Rule")
STANDARD = Words("评分标准", "Standard")


def definitions(tree: Tree) -> list[tuple[Words, Words]]:
    """The terms used in this tree's sheets, each with its definition."""
    left = [] if tree.is_converted else [_CONVERSION]
    return [(term, meaning) for term, meaning in _DEFINITIONS if term not in left]


def about(tree: Tree) -> list[tuple[Text, Text]]:
    """The tree as (label, text): title, edition, size, points, fingerprint, program."""
    joint = Words("{parts:list}", "{parts:list}")
    sizes = tuple(_LEVEL(name=name, n=count) for name, count, _ in level_figures(tree))
    pairs: list[tuple[Text, Text]] = [
        (_TREE_TITLE, tree.title),
        (_TREE_CODE, tree.code),
        (_TREE_EDITION, tree.edition),
        (_TREE_SIZE, joint(parts=sizes)),
        (_TREE_POINTS, labels.printed(tree.scale)),
        *((_SCALE, text) for text in scale_phrases(tree)),
        (_FINGERPRINT, tree.fingerprint),
        (_PROGRAM, f"lawgov-score {__version__}"),
    ]
    if tree.notice:
        pairs.append((_TREE_NOTICE, tree.notice))
    return pairs
