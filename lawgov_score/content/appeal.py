"""提出异议: how a unit objects, as data: a sentence, and rows of label and text, with blanks to fill in."""

from dataclasses import dataclass
from datetime import date

from lawgov_score.model.notice import Notice
from lawgov_score.wording import Phrase, Text, Words

HEADING = Words("提出异议", "How to object")
OFFICE = Words("联系单位", "Office")
TELEPHONE = Words("联系电话", "Telephone")
ADDRESS = Words("联系地址", "Address")
WAY = Words("提出方式", "How")
NOTIFIED = Words("结果通知日期", "Notified on")
BLANK = Words("________________", "________________")
BLANK_DAY = Words("______年____月____日", "____________")
_DAY = Words("{year}年{month}月{day}日", "{iso}")
_SENTENCE = Words(
    "对得分、等次有异议的，请于{deadline}前（含当日）向{office}提出，写明指标编码、异议内容和理由，并附依据材料。",
    "Objections to a score or grade go to {office} by {deadline} (that day included), with the indicator’s code, the "
    "claim, the reasons and what proves them.",
)


@dataclass(frozen=True, slots=True)
class Appeal:
    """The block: its ``sentence``, and its ``rows``, each a label and what stands beside it."""

    sentence: Phrase
    rows: tuple[tuple[Words, Text], ...]


def appeal_of(notice: Notice) -> Appeal:
    """The block on a card and a unit's page."""
    sentence = _SENTENCE(deadline=day_or_blank(notice.deadline), office=text_or_blank(notice.office))
    return Appeal(
        sentence, ((WAY, text_or_blank(notice.way)), *_reached(notice), (NOTIFIED, day_or_blank(notice.notified)))
    )


def contact_of(notice: Notice) -> tuple[tuple[Words, Text], ...]:
    """Whom to ask: rows for whatever else is sent to units."""
    return ((OFFICE, text_or_blank(notice.office)), *_reached(notice))


def _reached(notice: Notice) -> tuple[tuple[Words, Text], ...]:
    return (TELEPHONE, text_or_blank(notice.telephone)), (ADDRESS, text_or_blank(notice.address))


def text_or_blank(text: str) -> Text:
    """``text``, or a line to write on."""
    return text or BLANK


def day_or_blank(day: date | None) -> Text:
    """A day as an office writes it, or the blank for one."""
    return BLANK_DAY if day is None else _DAY(year=day.year, month=day.month, day=day.day, iso=day.isoformat())
