"""The desk shares the style sheet of the pages: no class of a template is one that those hide. Reaches ``desk.css``."""

import re
from pathlib import Path

import pytest

import lawgov_score.portal
from lawgov_score.pages.style import STYLE

PORTAL = Path(lawgov_score.portal.__file__).parent
HIDDEN = set(re.findall(r"^\.([a-z]+)\{display:none\}", STYLE, re.M))
SHOWN = set(
    re.findall(r"\.desk (?:input|select)\.([a-z]+)", (PORTAL / "static" / "desk.css").read_text(encoding="utf-8"))
)


@pytest.mark.parametrize("path", sorted((PORTAL / "templates" / "desk").glob("*.html")), ids=lambda path: path.name)
def test_nothing_is_hidden_that_somebody_must_fill_in(path: Path) -> None:
    used = {
        name for names in re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8")) for name in names.split()
    }
    assert used & HIDDEN <= SHOWN


def test_the_style_hides_something() -> None:
    assert "narrow" in HIDDEN


def test_every_field_for_files_has_a_button_in_the_language_of_the_page() -> None:
    pages = [path.read_text(encoding="utf-8") for path in sorted((PORTAL / "templates" / "desk").glob("*.html"))]
    fields = [found for page in pages for found in re.findall(r'.{21}<input type="file".*?</div>', page)]
    assert len(fields) == sum(page.count('type="file"') for page in pages) > 5
    for found in fields:
        assert found.startswith('<div class="chooser">')
        assert re.search(
            r'<span aria-hidden="true">\{% say "选择文件" "Choose (a file|files)" %\}</span></div>$', found
        )
