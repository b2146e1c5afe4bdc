"""What templates say: words in the reader's language, moments, numbers, and the hidden fields of every form."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from lawgov_score.pages.reader import Reader
from lawgov_score.portal.forms import ONCE
from lawgov_score.report import number_text, render
from lawgov_score.rounds.clock import local, told
from lawgov_score.rounds.posted import new_token
from lawgov_score.two_languages import text_of
from lawgov_score.wording import Face, Language, Text, Words

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: Context, zh: str, en: str, **values: object) -> SafeString:
    """``{% say "共 {n} 个单位" "{n} units" n=total %}``: words in the reader's language, figures put in, escaped."""
    return conditional_escape(render(Words(zh, en)(**values), _lang(context), Face.DESK))


@register.simple_tag(takes_context=True)
def word(context: Context, text: Text) -> SafeString:
    """``{% word unit.state %}``: a text of the program in the reader's language."""
    return conditional_escape(render(text, _lang(context), Face.DESK))


@register.simple_tag(takes_context=True)
def named(context: Context, text: Text) -> SafeString:
    """``{% named unit.name %}``: a name as somebody typed it, isolated whatever its direction of writing."""
    return SafeString(Reader(_lang(context)).named(render(text, _lang(context), Face.DESK)).markup)


@register.filter
def kept(text: str | Mapping[str, str]) -> Text:
    """``{% word line|kept %}``: a text that was kept in both languages, or by an earlier version in one."""
    return text_of(text)


@register.simple_tag(takes_context=True)
def when(context: Context, moment: datetime | None) -> SafeString:
    """``{% when round.submit_by %}``: a moment as an office writes it; nothing where there is none."""
    return conditional_escape("" if moment is None else render(told(moment), _lang(context)))


@register.simple_tag
def short_when(moment: datetime | None) -> SafeString:
    """The same in a column of a table: ``03-20 17:30``, in the round's zone."""
    if moment is None:
        return SafeString("")
    here = local(moment)
    return format_html('<time datetime="{}">{}</time>', here.isoformat(timespec="minutes"), f"{here:%m-%d %H:%M}")


@register.simple_tag
def field_moment(moment: datetime | None) -> str:
    """A moment as a field of a form holds it."""
    return "" if moment is None else f"{local(moment):%Y-%m-%dT%H:%M}"


@register.filter
def number(value: float | None) -> str:
    """``{{ score|number }}``: a number as people write it; — where there is none."""
    return "—" if value is None else number_text(value)


@register.simple_tag(takes_context=True)
def pressed(context: Context) -> SafeString:
    """``{% pressed %}`` in a form that posts: that it came from a page of this desk, and is one press."""
    csrf = str(context.get("csrf_token", ""))
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="{}" value="{}">',
        csrf,
        ONCE,
        new_token(),
    )


def _lang(context: Context) -> Language:
    found: Any = context.get("lang", Language.ZH)
    return Language(found)
