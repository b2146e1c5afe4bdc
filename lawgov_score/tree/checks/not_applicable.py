"""What an indicator gives where it does not apply (`when_not_applicable:`): can that happen, and is it all said?"""

from collections.abc import Iterator

from lawgov_score.catalogue import Code
from lawgov_score.tree.document import Document, items_of
from lawgov_score.tree.draft import Draft, Drafts
from lawgov_score.tree.finding import Finding
from lawgov_score.tree.members import Entry, given_by
from lawgov_score.wording import Words

KEY = "when_not_applicable"
_WHYS = ("type", "claim", "option")


def check_not_applicable(document: Document, drafts: Drafts) -> Iterator[Finding]:
    """All faults of this module."""
    nodes = {node.where: node for node in drafts.index.nodes}
    for where, draft in drafts.indicators.items():
        if document.is_whole((*where, KEY)):
            yield from _mean(document, draft)
        if KEY in draft.data and document.is_whole((*where, KEY)):
            yield from _never(document, draft, nodes[where], drafts)
            yield from _of_nobody(document, draft, nodes[where], drafts)
            yield from _target(draft)


def _mean(document: Document, draft: Draft) -> Iterator[Finding]:
    """T270: a mean may be of nobody, and only a mean may."""
    written, where = draft.data.get(KEY), (*draft.where, KEY)
    means = [why for why in _WHYS if isinstance(written, dict) and written.get(why) == "cohort_mean"]
    if "no_mean" not in draft.data and document.is_whole((*draft.where, "no_mean")) and takes_mean(draft):
        at, found = ((*where, means[0]), f"{means[0]}: cohort_mean") if means else (where, f"{KEY}: cohort_mean")
        yield Finding(at, Code.T270, {"expected": _NO_MEAN, "found": found, "cure": _ADD})
    others = (draft.data.get(key) for key in ("on_zero", "no_previous"))
    is_known = all(document.is_whole((*draft.where, key)) for key in (KEY, "on_zero", "no_previous"))
    if "no_mean" in draft.data and is_known and not (takes_mean(draft) or "cohort_mean" in others):
        values = {"expected": _ONLY_MEAN, "found": f"no_mean: {draft.data['no_mean']}", "cure": _DROP}
        yield Finding((*draft.where, "no_mean"), Code.T270, values, at_key=True)


def _target(draft: Draft) -> Iterator[Finding]:
    """T296: no target to be taken for reached."""
    if draft.rule is None or draft.rule.reached_at is not None:
        return
    written, where = draft.data[KEY], (*draft.where, KEY)
    at = (
        [(*where, why) for why in _WHYS if written.get(why) == "target"]
        if isinstance(written, dict)
        else [where] * (written == "target")
    )
    for place in at:
        also = (*draft.where, "rule", "kind")
        yield Finding(place, Code.T296, {"found": f"kind: {draft.rule.KIND}"}, see_also=(also,))


def _never(document: Document, draft: Draft, node: Entry, drafts: Drafts) -> Iterator[Finding]:
    """T271: a reason that no unit can have."""
    can_be = {
        "type": drafts.index.leaves_types(node) or not document.is_whole((*draft.where, "applies_to")),
        "claim": draft.data.get("may_not_apply") is True or not document.is_whole((*draft.where, "may_not_apply")),
        "option": _has_such_option(draft) or not document.is_whole((*draft.where, "rule")),
    }
    written, where = draft.data[KEY], (*draft.where, KEY)
    if not isinstance(written, dict):
        if not any(can_be.values()):
            yield Finding(where, Code.T271, {"expected": _ANY, "found": f"{KEY}: {written}"}, at_key=True)
        return
    for why in _WHYS:
        if why in written and not can_be[why]:
            values = {"expected": _EXPECTED[why], "found": f"{why}: {written[why]}"}
            yield Finding((*where, why), Code.T271, values, at_key=True)


def _of_nobody(document: Document, draft: Draft, node: Entry, drafts: Drafts) -> Iterator[Finding]:
    """T290: cohorts that have types to which it does not apply, and none to which it does."""
    if given_by(draft.data, "type") != "cohort_mean":
        return
    applies = drafts.index.reads_rule(node)
    instead = drafts.index.types(node) - applies
    cohorts, found = [], dict[str, None]()
    for _, cohort in items_of(document.data, "cohorts"):
        listed = cohort.get("unit_types")
        inside = [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
        if not instead.isdisjoint(inside) and applies.isdisjoint(inside):
            cohorts.append(str(cohort.get("name", cohort.get("code"))))
            found |= dict.fromkeys(one for one in inside if one in instead)
    if cohorts:
        names = {str(kind.get("code")): str(kind.get("name")) for _, kind in items_of(document.data, "unit_types")}
        where = (*draft.where, KEY)
        values = {
            "node": node.name,
            "cohorts": tuple(cohorts),
            "types": tuple(name for code, name in names.items() if code in applies),
            "found": _LIST(names=tuple(names.get(one, one) for one in found)),
        }
        yield Finding((*where, "type") if isinstance(draft.data[KEY], dict) else where, Code.T290, values)


_LIST = Words("{names:list}", "{names:list}")


def _has_such_option(draft: Draft) -> bool:
    rule = draft.data.get("rule")
    options = rule.get("options", ()) if isinstance(rule, dict) else ()
    return any(isinstance(option, dict) and option.get("counts_as") == "not_applicable" for option in options)


def takes_mean(draft: Draft) -> bool:
    """Does it give any unit the mean of its cohort?"""
    return any(given_by(draft.data, why) == "cohort_mean" for why in _WHYS)


_NO_MEAN = Words(
    "写明同组没有单位得分时怎么办：no_mean: not_applicable、full、zero，或比率如 60%",
    "what happens where nobody in the cohort has a score: no_mean: not_applicable, full, zero, or a share such as 60%",
)
_ADD = Words("补上 no_mean", "Add no_mean")
_ONLY_MEAN = Words("有 cohort_mean 才写 no_mean", "no_mean only where something is cohort_mean")
_DROP = Words("删去 no_mean", "Remove no_mean")
_ANY = Words(
    "本项会不适用：applies_to 不含有的单位类型、may_not_apply: true，或选项 counts_as: not_applicable",
    "something by which it may not apply: unit types that applies_to leaves out, may_not_apply: true, or an option "
    "with counts_as: not_applicable",
)
_EXPECTED = {
    "type": Words("applies_to 没有列全的单位类型", "unit types that the indicator's own applies_to leaves out"),
    "claim": Words("may_not_apply: true", "may_not_apply: true"),
    "option": Words("有 counts_as: not_applicable 的选项", "an option with counts_as: not_applicable"),
}
