"""T260: places of units at nodes, and what being among the last may trigger."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import FOUND, Entry, Severity
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
}
