"""A small tree with everything that the office itself fills in: marks, rulings, register, votes; and three units."""

from typing import Any

from builders import a_field, a_group, a_tree, a_unit, a_unit_type, a_veto, an_indicator

from lawgov_score.model import AdjustmentKind, FilledBy, Sign, Tree

LEVELS = [{"code": "good", "name": "满意", "worth": 100}, {"code": "bad", "name": "不满意", "worth": 0}]


def the_tree(**other: Any) -> Tree:
    office = [
        a_field(code="came", name="出席票数", type="count", at_most="all"),
        a_field(code="all", name="应到票数", type="count"),
    ]
    first = a_group(
        code="01",
        children=[
            an_indicator(code="01-1", title="决策程序", points=5.0, rule={"kind": "judged", "marks": "mean"}),
            an_indicator(code="01-2", title="备案率", points=2.0, may_not_apply=True),
            an_indicator(code="01-3", title="办案数", points=1.0, applies_to=["bureau"], may_not_apply=True),
        ],
    )
    second = a_group(
        code="02",
        children=[
            an_indicator(
                code="02-1",
                title="到会率",
                fields=office,
                value="came / all",
                on_zero="zero",
                filled_by=FilledBy.ASSESSOR,
            ),
            an_indicator(code="02-2", title="巡查", applies_to=["bureau"], filled_by=FilledBy.ASSESSOR),
            an_indicator(
                code="02-3",
                title="群众评议",
                filled_by=FilledBy.ASSESSOR,
                rule={"kind": "rating", "asks": "评议", "levels": LEVELS},
            ),
        ],
    )
    kinds = (
        AdjustmentKind("A1", "表彰奖励", Sign.BONUS, levels={"国家级": 2.0, "省级": 1.0}),
        AdjustmentKind("A2", "通报批评", Sign.PENALTY, each=0.5),
    )
    defaults: dict[str, Any] = {
        "unit_types": (a_unit_type(code="bureau", name="部门"), a_unit_type(code="town", name="乡镇")),
        "adjustments": kinds,
        "vetoes": (a_veto(code="V1", title="重大事件"),),
    }
    return a_tree(children=[first, second], **{**defaults, **other})


TREE = the_tree()
UNITS = (
    a_unit(code="B-1", name="甲局", type="bureau"),
    a_unit(code="B-2", name="乙局", type="bureau"),
    a_unit(code="T-1", name="丙镇", type="town"),
)
