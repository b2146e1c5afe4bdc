"""Meaning of 共用数据: what a group or the tree asks once is read below, declared once, and its checks can be made."""

from collections.abc import Iterator

from lawgov_score.catalogue import Code
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.rule import Need
from lawgov_score.tree.checks.fields import bounds, days, leaves_undecided, repeated_names
from lawgov_score.tree.document import Document, Where
from lawgov_score.tree.draft import Draft, Drafts, Read, SharedDraft
from lawgov_score.tree.finding import Finding, nearest
from lawgov_score.tree.members import Entry, knows_codes
from lawgov_score.wording import Phrase, Words

_NEED_OWN = ("may_not_apply", "evidence", "filled_by")  # what can be said only beside a field of the indicator's own


def check_shared(document: Document, drafts: Drafts) -> Iterator[Finding]:
    """T265 to T269, and the usual faults of fields, of every block of 共用数据."""
    for group in drafts.groups.values():
        if group.shared is not None:
            yield from days(group.data, group.shared.fields)
            yield from leaves_undecided(group.shared.checks)
            yield from _block(document, drafts, group.shared, group.above)
    for draft in drafts.indicators.values():
        own = [(where, asked.code) for where, asked in draft.own]
        own += [((*draft.where, "rule"), asked.code) for asked in (draft.rule.fields if draft.rule else ())]
        yield from _declared_again(document, draft.above, own)
        yield from _nothing_own(draft)


def _block(
    document: Document, drafts: Drafts, shared: SharedDraft, above: tuple[SharedDraft, ...]
) -> Iterator[Finding]:
    yield from shared.findings
    yield from repeated_names(document, shared.fields, above=[pair for one in above for pair in one.fields])
    visible = [asked for one in (*above, shared) for _, asked in one.fields]
    is_known = shared.is_known and all(one.is_known for one in above)
    yield from bounds(shared.fields, visible, knows_fields=is_known)
    yield from _declared_again(document, above, [(where, asked.code) for where, asked in shared.fields])
    yield from _of_wrong_kind(shared)
    yield from _unread(document, drafts, shared)
    if is_known and knows_codes(document, drafts.index.nodes):
        for read in shared.checks:
            yield from _check(drafts, shared, visible, read)


def _declared_again(
    document: Document, above: tuple[SharedDraft, ...], own: list[tuple[Where, str]]
) -> Iterator[Finding]:
    """T265: one code would mean two figures."""
    shared = {asked.code: (where, one) for one in above for where, asked in one.fields}
    for where, code in own:
        if code in shared:
            first, holder = shared[code]
            line = document.spots[(*first, "code")].value.line
            at = where if where[-1] == "rule" else (*where, "code")
            values = {"found": code, "above": holder.code, "line": line}
            yield Finding(at, Code.T265, values, at_key=where[-1] == "rule", see_also=((*first, "code"),))


def _of_wrong_kind(shared: SharedDraft) -> Iterator[Finding]:
    """T268: a text decides nothing, a printed rate stands in for the value of one indicator."""
    for where, asked in shared.fields:
        if asked.type is FieldType.TEXT:
            yield Finding((*where, "type"), Code.T268, {"what": _REMARK, "found": "type: text"})
        if asked.substitute:
            yield Finding((*where, "substitute"), Code.T268, {"what": _RATE, "found": "substitute: true"})


def _unread(document: Document, drafts: Drafts, shared: SharedDraft) -> Iterator[Finding]:
    """T266, where everything below could be read."""
    depth = len(shared.where)
    below = [one for where, one in drafts.indicators.items() if where[:depth] == shared.where]
    if any(one.findings or one.rule is None or not one.knows_fields for one in below):
        return
    if not document.is_whole((*shared.where, "nodes" if not shared.where else "children")):
        return
    again = {asked.code for one in below for _, asked in one.own}  # T265 says it
    again |= {asked.code for one in below if one.rule is not None for asked in one.rule.fields}
    again |= {
        asked.code
        for group in drafts.groups.values()
        if group.shared is not None and shared in group.above
        for _, asked in group.shared.fields
    }
    read = {(asked.asked_at, asked.code) for one in below for _, asked in one.fields}
    read |= {
        (shared.code, bound)
        for _, asked in shared.fields
        for bound in (asked.at_least, asked.at_most)
        if isinstance(bound, str) and (shared.code, asked.code) in read
    }
    for where, asked in shared.fields:
        if (
            (shared.code, asked.code) not in read
            and asked.code not in again
            and asked.type is not FieldType.TEXT
            and not asked.substitute
        ):
            yield Finding((*where, "code"), Code.T266, {"found": asked.code, "name": asked.name})


def _nothing_own(draft: Draft) -> Iterator[Finding]:
    """T269: a claim, evidence, or the office's answers stand in rows of the indicator's own."""
    brought = draft.rule.fields if draft.rule else ()
    is_judged = draft.rule is not None and Need.MARKS in draft.rule.NEEDS
    if draft.own or brought or not draft.fields or is_judged or draft.data.get("fields"):
        return
    for key in _NEED_OWN:
        said = draft.data.get(key)
        if said and said != "unit":
            shown = said if isinstance(said, str) else "true" if said is True else "[…]"
            yield Finding((*draft.where, key), Code.T269, {"key": key, "found": f"{key}: {shown}"}, at_key=True)


def _check(drafts: Drafts, shared: SharedDraft, visible: list[Field], read: Read) -> Iterator[Finding]:
    """T267: at the expression, or at the first name that nobody could answer."""
    expression = read.expression
    if not expression.is_condition or not expression.names:
        yield Finding(read.where, Code.T267, _said(_NO_CONDITION, _A_CONDITION, expression.text, _COMPARE()))
        return
    types: list[frozenset[str]] = []
    known = {asked.code: asked for asked in visible}
    for name in expression.names:
        found = _type_at_fault(drafts, shared, known, name, types)
        if found is not None:
            values = _said(*found)
            yield Finding(read.where, Code.T267, values, within=read.column(name), length=len(name))
            return
    if drafts.index.unit_types and not frozenset.intersection(drafts.index.unit_types, *types):
        yield Finding(read.where, Code.T267, _said(_NOBODY, _SOMEBODY, expression.text, _APPLIES()))


def _type_at_fault(
    drafts: Drafts, shared: SharedDraft, known: dict[str, Field], name: str, types: list[frozenset[str]]
) -> tuple[Words, Words, str, Phrase] | None:
    """What is wrong with one name of a check; else the unit types that are asked it are added to ``types``."""
    if name.isidentifier():
        if name not in known:
            keys = [key for key in _keys_within(drafts, shared.where) if key.rpartition(".")[2] == name]
            if keys:
                return _OF_INDICATOR, _BELOW_HERE, name, _AS_ANSWER(key=keys[0])
            return _NO_SUCH, _SHARED_HERE, name, nearest(name, known)
        readers = [
            drafts.index.by_where[where]
            for where, one in drafts.indicators.items()
            if (known[name].asked_at, name) in {(asked.asked_at, asked.code) for _, asked in one.fields}
        ]
        if readers:
            types.append(frozenset().union(*(drafts.index.types(reader) for reader in readers)))
        return None
    if not name.startswith('answer("'):
        return _NOT_YET, _ANSWERS_ALONE, name, _COMPARE()
    key = name[8:-2]
    code, _, field = key.rpartition(".")
    node = drafts.index.by_code.get(code)
    keys = _keys_within(drafts, shared.where)
    if shared.where and node is not None and not node.is_group and key in _keys_within(drafts, ()) and key not in keys:
        return _NOT_BELOW, _BELOW_HERE, name, _HIGHER()
    if node is None or node.is_group or key not in keys:
        by_itself = next((one for one in known if key == f"{known[one].asked_at}.{one}"), "")
        if by_itself:
            return _SHARED_ITSELF, _SHARED_HERE, name, _BY_ITSELF(name=by_itself)
        return _NO_SUCH, _BELOW_HERE, name, nearest(key, keys)
    if (group := drafts.index.repeated_apart(shared.where, node)) is not None:
        return _REPEATED, _WITHIN, name, _MOVE(group=group.name)
    draft = drafts.indicators[node.where]
    asked = next(one for one in _asked(drafts, node) if one.code == field)
    if asked.type is FieldType.TEXT:
        return _A_TEXT, _FIGURES, name, _NO_TEXT()
    if draft.data.get("filled_by") == "assessor":
        return _OF_OFFICE, _OF_UNIT, name, _LEAVE_OUT()
    types.append(drafts.index.types(node))
    return None


def _keys_within(drafts: Drafts, where: Where) -> list[str]:
    """``<indicator code>.<field code>`` of every field asked by an indicator below ``where``."""
    inside = [one for one in drafts.index.nodes if not one.is_group and one.where[: len(where)] == where]
    return [f"{one.code}.{asked.code}" for one in inside for asked in _asked(drafts, one)]


def _asked(drafts: Drafts, node: Entry) -> tuple[Field, ...]:
    """What an indicator asks itself, by its rule too."""
    draft = drafts.indicators.get(node.where)
    if draft is None:
        return ()
    return (*(asked for _, asked in draft.own), *(draft.rule.fields if draft.rule else ()))


def _said(why: Words, expected: Words, found: str, cure: Phrase) -> dict[str, object]:
    return {"why": why(), "expected": expected(), "found": found, "cure": cure}


_REMARK = Words("文字", "a text")
_RATE = Words("替代比率", "a printed rate that stands in for a value")
_NO_CONDITION = Words("不是条件", "no condition")
_A_CONDITION = Words(
    "填报项之间的比较，用 <= < >= > == !=，可用 and or not 连起来",
    "a comparison of fields (<= < >= > == !=), joined by and, or, not where needed",
)
_COMPARE = Words(
    '共用数据写编码，下面指标的填报项写 answer("指标编码.填报项编码")',
    'Shared fields by code, fields of indicators below as answer("<indicator code>.<field code>")',
)
_NO_SUCH = Words("没有这个填报项", "there is no such field")
_SHARED_HERE = Words("这一组或上面的共用数据的编码", "a shared field of this group or of one above")
_BELOW_HERE = Words(
    'answer("指标编码.填报项编码")，指标在这一组下面', 'answer("<indicator code>.<field code>") of an indicator below'
)
_OF_INDICATOR = Words("它是指标的填报项", "it is a field of an indicator")
_AS_ANSWER = Words('写成 answer("{key}")', 'Write answer("{key}")')
_NOT_BELOW = Words("那个指标不在这一组下面", "that indicator is not below this group")
_HIGHER = Words(
    "把这一条移到指标体系（或共同的上级组）的 checks", "Move it to the `checks` of the tree, or of the group above both"
)
_SHARED_ITSELF = Words("它是共用数据", "it is a shared figure")
_BY_ITSELF = Words("写成 {name}", "Write {name}")
_NOT_YET = Words("收表时还没有上年数据、同组统计和得分", "answers are checked before there is anything else")
_ANSWERS_ALONE = Words("只用本年的填报项", "answers of this year only")
_REPEATED = Words("那个指标重复填报", "that indicator is repeated")
_WITHIN = Words("同一次重复之内的填报项", "fields of one repetition")
_MOVE = Words("把核对移到重复填报的 {group} 下面的分组里", "Move the check to a group below the repeated {group}")
_A_TEXT = Words("文字不能比较", "texts cannot be compared")
_FIGURES = Words("数、日期、是否、选项", "figures, dates, yes/no, choices")
_NO_TEXT = Words("核对里去掉它", "Leave it out of the check")
_OF_OFFICE = Words("那个填报项由考核机关填", "the office fills in that field")
_OF_UNIT = Words("单位自己填的填报项", "fields that units fill in")
_LEAVE_OUT = Words(
    "收表时没有考核机关的数：核对里去掉它", "It is not there when answers come in: leave it out of the check"
)
_NOBODY = Words("没有一类单位要填全部这些项", "no type of unit is asked all of it")
_SOMEBODY = Words("至少一类单位要填的填报项", "fields that one type of unit at least is asked")
_APPLIES = Words("核对 applies_to，或去掉不同填的项", "Check applies_to, or leave out what is not asked together")
