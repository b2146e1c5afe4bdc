"""What the round knows for a document: a value for each field, None where it does not know it yet.

What all kinds say stands here; what one of them says, in ``of_returns``, ``of_results``, ``of_objections``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from lawgov_score.catalogue import Code
from lawgov_score.documents.filling import seen
from lawgov_score.documents.kinds import KIND_NAMES, Field, Kind
from lawgov_score.documents.word import Table
from lawgov_score.model.notice import Notice
from lawgov_score.problems import Place, Problem, RefusedError
from lawgov_score.report import render
from lawgov_score.rounds.clock import told, told_day
from lawgov_score.rounds.data import KEY, Data
from lawgov_score.rounds.models import Round, Unit
from lawgov_score.rounds.notices import own_notice
from lawgov_score.rounds.receipts import public_key, short
from lawgov_score.rounds.things import place_of
from lawgov_score.wording import ByFace, Language, Text, Words

Value = str | Table | None
_ENDS = "。；;.!！ \n"
_ORDER, _UNIT, _CODE, _COHORT = (
    Words("序号", "No."),
    Words("单位", "Unit"),
    Words("单位编码", "Code"),
    Words("分组", "Group"),
)


@dataclass(frozen=True, slots=True)
class Facts:
    """The values of one document. ``unit``: whom it is to, None for all; ``name``: of its file, without suffix.

    ``place``: of a problem about it.
    """

    name: Text
    values: Mapping[Field, Value]
    place: Place
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What all documents of a round say, and how to word it."""

    data: Data
    round: Round
    now: datetime
    lang: Language
    notice: Notice
    common: Mapping[Field, Value] = field(default_factory=dict)

    def say(self, text: Text) -> str:
        """A text of ours in the language of the document."""
        return render(text, self.lang)

    def moment(self, moment: datetime | None) -> str | None:
        """A moment as the document says it."""
        return None if moment is None else self.say(told(moment))

    def of_unit(self, unit: Unit) -> dict[Field, Value]:
        """What a letter to a unit says of it."""
        return {Field.UNIT: seen(unit.name), Field.UNIT_CODE: seen(unit.code)}


def known(data: Data, round_: Round, now: datetime, lang: Language) -> Known:
    """Gathers it. Raises ``RefusedError`` (R205)."""
    notice = own_notice(data, round_)
    common: dict[Field, Value] = {
        Field.YEAR: str(round_.year),
        Field.SCHEME: seen(round_.title),
        Field.OFFICE: seen(notice.office) or None,
        Field.TELEPHONE: seen(notice.telephone) or None,
        Field.ADDRESS: seen(notice.address) or None,
        Field.TODAY: render(told_day(now), lang),
        Field.WAY: seen(notice.way).rstrip(_ENDS) or None,
        Field.OBJECTION_DAYS: str(round_.objection_days),
        Field.UNITS: str(round_.units.filter(ended_at=None).count()),
        Field.PERIOD: None,
    }
    return Known(data, round_, now, lang, notice, common)


def sentence(text: str) -> str:
    """What somebody wrote, as a part of a sentence: without what ends it."""
    return seen(text).strip().rstrip(_ENDS)


def of_notice(known: Known) -> list[Facts]:
    """The notice that the assessment begins: one for all. Raises ``RefusedError`` (R209)."""
    round_ = known.round
    units = list(round_.units.filter(ended_at=None))
    rows = tuple((str(i), seen(one.name), seen(one.code)) for i, one in enumerate(units, start=1))
    headings = tuple(known.say(one) for one in (_ORDER, _UNIT, _CODE))
    values: dict[Field, Value] = {
        **known.common,
        Field.UNIT_LIST: Table(headings, rows, (1, 6, 3), frozenset({1})),
        Field.SUBMIT_BY: known.moment(round_.submit_by),
        Field.KEY: short(public_key(known.data.folder / KEY)),
    }
    return [Facts(KIND_NAMES[Kind.NOTICE], values, place_of(round_))]


def nothing(round_: Round, kind: Kind, found: Text, hint: Text | ByFace) -> RefusedError:
    """That there is nothing a document could be of (R281)."""
    return RefusedError(Problem(Code.R281, place_of(round_), {"kind": KIND_NAMES[kind], "found": found, "hint": hint}))
