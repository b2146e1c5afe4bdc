"""Whom a problem is for: what a unit reads of it on its card and page, and what is for the office alone.

A unit reads of its own answers and of results that it can act on or object to. Not of the tree, the tables, the
roster, other units, or what the office has to look into.
"""

from collections.abc import Mapping
from types import MappingProxyType

from lawgov_score.catalogue.code import Code
from lawgov_score.wording import Words

# Codes that a unit reads of, each with what it is to do; None: as the catalogue says, which speaks to the unit.
_UNITS_READ: Mapping[Code, Words | None] = {
    Code.S103: None,
    Code.S104: None,
    Code.S105: None,
    Code.S106: None,
    Code.S107: None,
    Code.S108: None,
    Code.S109: None,
    Code.S110: None,
    Code.S113: None,
    Code.S114: None,
    Code.S118: None,
    Code.S127: None,
    Code.S128: None,
    Code.S133: None,
    Code.S134: Words(
        "在封面“单位类型”右边写明类型，填报表用下发的原件，不要另建工作簿",
        "Say the type on the cover beside 单位类型, and fill in the workbook that was sent out",
    ),
    Code.S135: None,
    Code.S143: None,
    Code.S144: None,
    **{code: None for code in Code if code.startswith("S2")},  # one cell of its own workbook
    Code.R101: Words(
        "得分仅供参考，不评等次；请补报未填报的填报项",
        "The score is for reference only and gets no grade; send the rest",
    ),
    Code.R105: Words("{treated}，不必补报", "{treated}; nothing to do"),
    Code.R106: Words("请更正后重新报送", "Please correct it and send it again"),
    Code.R107: Words(
        "{effects}；与事实不符的，请按“提出异议”办理", "{effects}; if it did not happen, object as the card says"
    ),
    Code.R113: Words("按未填报处理；请补报", "It counts as not filled in; please send what is left open"),
    Code.R119: None,
    Code.R121: None,
    Code.R122: Words("请补报；补报前等次列为暂定", "Please send it; until then the grade is provisional"),
    Code.R124: None,
}

FOR_UNITS: frozenset[Code] = frozenset(_UNITS_READ)

FOR_THE_OFFICE: frozenset[Code] = frozenset(
    {
        *(code for code in Code if code[0] in "TNAVDOX"),
        Code.S101,  # files and folders of the office's own
        Code.S102,
        Code.S111,  # the roster
        Code.S112,  # several files of one unit, named by their paths
        Code.S115,
        Code.S116,
        Code.S117,  # tables, which the office makes
        Code.S119,
        Code.S120,  # a fingerprint
        Code.S121,
        Code.S122,
        Code.S123,
        Code.S124,
        Code.S125,
        Code.S126,
        Code.S129,
        Code.S130,
        Code.S131,
        Code.S132,
        Code.S137,
        Code.S139,  # how far a unit has got with what was sent back
        Code.S140,
        Code.S169,
        Code.S141,
        Code.S168,
        Code.S142,  # a suspicion about two units, to be examined before anyone is told
        Code.S145,
        Code.S146,
        Code.S147,
        Code.S148,
        Code.S149,
        *(code for code in Code if code[:3] in {"S15", "S16"}),  # the machinery of reading
        Code.R102,  # the indicator, not the unit
        Code.R103,
        Code.R125,  # the cohort, not the unit
        Code.R104,
        Code.R108,  # the tree's own sums
        Code.R109,
        Code.R110,
        Code.R111,
        Code.R112,
        Code.R114,  # the office's own entries
        Code.R115,
        Code.R116,
        Code.R117,
        Code.R118,
        Code.R120,  # names other units
        Code.R123,  # would tell that a blank pays
        Code.R129,  # the roster
        *(code for code in Code if code[:2] in {"R2", "R3"}),  # a round and its desk, which no card speaks of
    }
)

HINTS: Mapping[Code, Words] = MappingProxyType(
    {code: words for code, words in _UNITS_READ.items() if words is not None}
)
"""What a unit is to do, where the catalogue's own hint speaks to the office."""
