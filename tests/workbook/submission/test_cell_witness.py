"""What is taken from a cell is what openpyxl finds stored in it, or the cell is refused: no other value in silence.

Two things are left out that no program writes: two cells of one address, and names of elements under a foreign prefix,
which mean nothing to the reader (``part_xml``).
"""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from witness import DATES, KINDS, ORDINARY, SCALES, answers_of, base, book_with, expected, is_same, stored_in

from lawgov_score.model import AnswerState


def silent(cell: str, text: str = "", kinds: Sequence[str] = KINDS) -> list[str]:
    """The questions to which this cell gives an answer that is not what is stored in it, each with what was taken."""
    data = book_with(cell, text)
    stored, wrong = stored_in(data), []
    for kind, answer in answers_of(data).items():
        if kind in kinds and answer.state is not AnswerState.INVALID:
            want = expected(stored, kind)
            if not is_same(answer, want, 1e-9 if kind == "count" else 1e-12):  # a count forgives a little dust
                wrong.append(f"{kind}: {answer.state.name} {answer.value!r}, stored {stored!r}, wanted {want!r}")
    return wrong


def v(inside: str, kind: str = "") -> str:
    """A cell with a value."""
    return f'<c r="@"{kind}><v>{inside}</v></c>'


TEXT, STORE, INLINE = ' t="str"', ' t="s"', ' t="inlineStr"'
INSIDE = ("12", "1<!-- x -->2", "<!-- -->12", "12<!-- -->", "<![CDATA[12]]>", "1<![CDATA[2]]>", "&#49;2", "1&#x32;",
          "1<?a b?>2", "1<a/>2", "\n12\n", " 12 ", "1\n2", "1.2E1", "12e-1", "12.0000000001", "012", "+12", "-12",
          "1_2", "1&lt;2", "&amp;12", "12&apos;", "NaN", "INF", "1E999", "12345678901234567890", "")  # fmt: skip
LETTERS = ("12\n34", "12&#10;34", "12_x000D_\n34", "12&#13;34", "12\u202834", "12_x000D_", "_x0031_2", "a&amp;lt;b",
           "12%", "2024-03-31", "2024-03-3\n1", "#N/A", "甲\n乙", "_x005F_x0031_2")  # fmt: skip
RUNS = ("<t>1</t><t>2</t>", "<r><t>1</t></r><r><t>2</t></r>", "<r><t>2</t></r><t>1</t>", "<t/>", "", "<r/><t>12</t>",
        "<r><t>12\n</t></r><r><t>34</t></r>", "<r><t>甲 </t></r><r><t>乙</t></r>", "<x><t>9</t></x><t>12</t>",
        '<t>12</t><rPh sb="0" eb="1"><t>99</t></rPh>', "<r><t>1</t></r><rPh sb='0' eb='1'><t>9</t></rPh>",
        '<t xml:space="preserve"> 12 </t>', "<t>1<!-- -->2</t>", "<t>1<![CDATA[2]]></t>", "<t>1&#50;</t>")  # fmt: skip
FORMULAS = ("<f>1+1</f>", '<f t="shared" si="0"/>', '<f t="array" ref="@">1+1</f>', "<f/>",
            '<f t="dataTable" ref="@" dt2D="1" dtr="1" r1="A1" r2="B1"/>')  # fmt: skip
ODD = ("<v>12</v><v>34</v>", "<v/><v>34</v>", "<v>12</v><v/>", "<v>12</v><f>1+1</f>", "<v>12</v><f>1</f><v>34</v>",
       "<v>12</v><is><t>34</t></is>", "<is><t>34</t></is><v>12</v>", "<is><t>12</t></is><is><t>34</t></is>",
       "<is><t>12</t></is><is/>", "<is><t>12</t></is>", '<v>12</v><x:v xmlns:x="urn:o">99</x:v>', "<f>1<v>3</v></f>",
       "<f>1+1</f><v>1<!-- -->2</v>", "<f>1+1</f><v><![CDATA[12]]></v>", "<f>1+1</f><v> </v>")  # fmt: skip
FORMS = [
    *((v(inside, kind), "") for kind in ("", ' t="n"', TEXT) for inside in INSIDE),
    *((v(inside, TEXT), "") for inside in LETTERS),
    *((v("~", STORE), f"<t>{text}</t>") for text in LETTERS[:-1]),  # of its shared texts openpyxl spoils the last
    *((v("~", STORE), runs) for runs in RUNS),
    *((f'<c r="@"{INLINE}><is>{runs}</is></c>', "") for runs in RUNS),
    *((v(n, STORE), "<t>12</t>") for n in ("-1", " ~ ", "+~", "x", "1.0", "1e0", "&#49;", "<!-- -->1", "1x", "99", "")),
    *((f'<c r="@"{kind}>{f}{end}</c>', "") for kind in ("", TEXT, ' t="b"') for f in FORMULAS for end in ("", "<v/>")),
    *((f'<c r="@"{kind}>{inside}</c>', "") for kind in ("", TEXT, INLINE) for inside in ODD),
    *((v(inside, ' t="b"'), "") for inside in ("0", "1", "2", "<![CDATA[1]]>")),
    *((v(inside, ' t="d"'), "") for inside in ("2024-03-31", "2024-03-31T12:00:00", "45382", "x")),
    *((v(inside, ' t="e"'), "") for inside in ("#N/A", "#SPILL!", "<![CDATA[#N/A]]>", "12", "")),
    *((v("12", f' t="{kind}"'), "") for kind in ("", "N", "S", "zz", "&#115;")),
    *((f'<c r="@"{cell}', "") for cell in (' cm="1" vm="1"><v>12</v></c>', "/>", '/><c r="@"><v>12</v></c>')),
    *((cell, "") for cell in ("<c><v>12</v></c>", "<c\nt = 'str' r='@' ><v>12</v></c>")),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "text"), FORMS)
def test_a_cell_is_taken_as_it_is_stored_or_refused(cell: str, text: str) -> None:
    assert silent(cell, text) == []


@pytest.mark.parametrize("cell", [v("12"), v("12", TEXT), v("1.2E1"), f'<c r="@"{INLINE}><is><t>12</t></is></c>'])
def test_what_programs_write_is_not_refused(cell: str) -> None:
    answers = answers_of(book_with(cell))
    assert [answers[kind].value for kind in KINDS[:4]] == [12.0, 12.0, 12.0, "12"]


LOOKS = ("<strike/>", '<strike val="1"/>', '<vertAlign val="superscript"/>', '<vertAlign val="subscript"/>')
STRUCK = [f"<r><t>1</t></r><r><rPr>{look}</rPr><t>2</t></r>" for look in LOOKS]
SHOWN_OTHERWISE = [
    *((v("~", STORE), runs, "") for runs in STRUCK),
    *((f'<c r="@"{INLINE}><is>{runs}</is></c>', "", "") for runs in STRUCK),
    *((v(number, ' s="^"'), "", dress) for dress in SCALES for number in ("12", "123400")),
    *((v(number, ' s="^"'), "", dress) for dress in DATES for number in ("36526", "45382.5")),
]


@pytest.mark.parametrize(("cell", "text", "dress"), SHOWN_OTHERWISE)
def test_what_shows_another_number_than_is_stored_is_no_number(cell: str, text: str, dress: str) -> None:
    """A run that is struck or raised, a scale of its own, a day or a time: a count, amount or share is refused."""
    answers = answers_of(book_with(cell.replace("^", str(base()[1].get(dress))), text))
    assert [kind for kind in KINDS[:3] if answers and answers[kind].state is not AnswerState.INVALID] == []


@st.composite
def pieces(draw: st.DrawFn, number: str) -> str:
    """A number's characters in any of the ways that XML has of saying them, with what means nothing in between."""
    ways = ("{}", "{}", "<!-- 7 -->{}", "{}<?a 7?>", "<![CDATA[{}]]>")
    said = [draw(st.sampled_from(ways)).format(char) for char in number]
    return "".join(f"&#{ord(number[i])};" if draw(st.integers(0, 9)) == 9 else one for i, one in enumerate(said))


@st.composite
def cells(draw: st.DrawFn) -> tuple[str, str]:
    """A cell that holds a number somehow, and the XML of a text for the store."""
    number = draw(st.sampled_from(["12", "45382", "0.5", "-5", "1.2E1", "1234.5678", "2024-03-31"]))
    inside, kind = draw(pieces(number)), draw(st.sampled_from(["", ' t="n"', TEXT, STORE, INLINE]))
    before, after = (draw(st.sampled_from(["", "", "", "<v/>", "<f>1</f>", "<!-- <v>7</v> -->"])) for _ in range(2))
    around = draw(st.sampled_from(["<t>{}</t>", "<r><t>{}</t></r>", '<t>{}</t><rPh sb="0" eb="1"><t>7</t></rPh>']))
    runs = around.format(inside)
    value = f"<is>{runs}</is>" if kind == INLINE else "<v>~</v>" if kind == STORE else f"<v>{inside}</v>"
    return f'<c r="@"{kind}>{before}{value}{after}</c>', runs


@given(cells())
@settings(derandomize=True, max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_however_a_value_is_spelt_it_is_taken_as_it_is_stored_or_refused(made: tuple[str, str]) -> None:
    assert silent(*made) == []


NUMBERS = ("12", "-5", "59", "60", "1234.56789", "0.9999999999", "1E5", "36525")


@pytest.mark.parametrize(("dress", "number"), [(one, n) for one in (*DATES, *ORDINARY) for n in NUMBERS])
def test_whatever_a_number_is_dressed_as_it_is_that_number_or_refused(dress: str, number: str) -> None:
    assert silent(v(number, f' s="{base()[1][dress]}"'), "", KINDS[:3]) == []
