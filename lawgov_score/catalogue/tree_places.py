"""T260 and T261: places of units at nodes, what being among the last may trigger, and a node's words for scores."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import EXPECTED, FOUND, Entry, Severity
from lawgov_score.wording import Words

TREE_PLACES: dict[Code, Entry] = {
    Code.T260: Entry(
        Severity.ERROR,
        Words(
            "“{node}”这样排不出名次，或末几名无从起作用",
            '"{node}" cannot have these places, or its last ones no effect',
        ),
        Words("{expected}", "{expected}"),
        FOUND,
        Words("{cure}", "{cure}"),
        'code: "02"\nlast: {places: 3, veto: V1}',
        'code: "02"\nranked: higher\nlast: {places: 3, veto: V1}',
    ),
    Code.T261: Entry(
        Severity.ERROR,
        Words(
            "“{node}”的分档评语前后矛盾，或有一档没有单位能评到",
            'The words for scores at "{node}" contradict one another, or one is never given',
        ),
        Words("{expected}", "{expected}"),
        FOUND,
        Words("从最好的一档写起，下限逐档降低，评语各不相同", "Best first, the lines falling, every word once"),
        "points: 10\nbands: [{word: 好, at_least: 8}, {word: 一般, at_least: 9}]",
        "points: 10\nbands: [{word: 好, at_least: 9}, {word: 一般, at_least: 8}]",
    ),
    Code.T295: Entry(
        Severity.WARNING,
        Words("{why}", "{why}"),
        EXPECTED,
        FOUND,
        Words("{cure}", "{cure}"),
        "floor: -5\nbands: [{word: 好, at_least: 8}, {word: 一般, at_least: 0}]",
        "floor: -5\nbands: [{word: 好, at_least: 8}, {word: 一般, at_least: 0}, {word: 差, at_least: -5}]",
    ),
}
