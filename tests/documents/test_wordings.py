"""The wordings that are shipped, and ``documents/kinds.py``: both languages name the same, and all that is needed."""

import re
from pathlib import Path

import pytest

from lawgov_score.documents.kinds import FIELD_NAMES, FIELDS, KIND_NAMES, NEEDED, TABLES, Field, Kind, field_named
from lawgov_score.documents.templates import read_edited, template_bytes
from lawgov_score.documents.wordings import WORDINGS, Look
from lawgov_score.wording import Language


def _named(text: str, kind: Kind) -> list[Field | None]:
    return [field_named(name, kind) for name in re.findall(r"\{(.*?)\}", text)]


@pytest.mark.parametrize("kind", Kind)
def test_both_languages_name_the_same_fields(kind: Kind) -> None:
    for line in WORDINGS[kind]:
        zh, en = _named(line.words.zh, kind), _named(line.words.en, kind)
        assert None not in (*zh, *en), line
        assert set(zh) == set(en), line
        if line.look is Look.TABLE:
            assert len(zh) == 1
            assert zh[0] in TABLES


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("kind", Kind)
def test_a_shipped_template_is_one_that_could_have_been_edited(kind: Kind, lang: Language) -> None:
    content = template_bytes(kind, lang)
    template, problems = read_edited(content, kind, lang)
    assert (template is not None, problems) == (True, ())


def test_every_field_has_a_name_of_its_own_and_a_kind() -> None:
    assert set(FIELD_NAMES) == set(Field)
    assert len({name.zh for name in FIELD_NAMES.values()}) == len(Field)
    assert {field for kind in Kind for field in FIELDS[kind]} == set(Field)
    assert set(KIND_NAMES) == set(WORDINGS) == set(FIELDS) == set(NEEDED) == set(Kind)
    assert all(field in FIELDS[kind] for kind in Kind for group in NEEDED[kind] for field in group)


def test_the_same_template_has_the_same_bytes() -> None:
    once = template_bytes(Kind.NOTICE, Language.ZH)
    template_bytes.cache_clear()
    assert template_bytes(Kind.NOTICE, Language.ZH) == once


def test_the_page_lists_every_field_of_every_kind() -> None:
    page = (Path(__file__).parents[2] / "docs" / "documents.md").read_text(encoding="utf-8")
    for field in Field:
        kinds = [kind for kind in Kind if field in FIELDS[kind]]
        of = "all" if len(kinds) == len(Kind) else ", ".join(KIND_NAMES[kind].zh for kind in kinds)
        name = FIELD_NAMES[field]
        assert f"| `{{{name.zh}}}` | `{{{field.value}}}` | {name.en} | {of} |\n" in page
    for kind in Kind:
        assert f"| `{kind.value}` {KIND_NAMES[kind].zh} |" in page
