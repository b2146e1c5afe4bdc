"""What came of a file is the same after it was packed; bytes that are no reading are said to be none."""

import math
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from builders import a_tree, an_answer, an_indicator
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.catalogue import Code
from lawgov_score.model import Answer, AnswerState, Submission, Unit
from lawgov_score.problems import CellPlace, NodePlace, Problem, TextPlace
from lawgov_score.wording import Phrase, Quantity, Words
from lawgov_score.workbook.forms.layout import layout_of
from lawgov_score.workbook.submission.one_file import FileRead, Sent, read_file
from lawgov_score.workbook.submission.packed import PackedError, pack, pack_answers, unpack, unpack_answers, unpacker

texts = st.text(st.characters(), max_size=8)
places = st.one_of(
    st.builds(CellPlace, st.sampled_from(["报送/01.xlsx", "else.xlsx"]), texts, texts),
    st.builds(NodePlace, texts, texts),
    st.builds(TextPlace, texts, st.integers(0, 9), st.integers(0, 9)),
)
plain = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), texts)
words = st.builds(Words, texts, texts)
figures = st.recursive(
    st.one_of(plain, words, st.builds(Quantity, st.floats(allow_nan=False), st.booleans())),
    lambda below: st.one_of(
        st.lists(below, max_size=3).map(tuple), st.builds(Phrase, words, st.dictionaries(texts, below, max_size=3))
    ),
    max_leaves=6,
)
problems = st.builds(
    Problem,
    st.sampled_from(Code),
    places,
    st.dictionaries(texts, figures, max_size=3),
    st.lists(places, max_size=2).map(tuple),
    texts,
)
cells = st.builds(CellPlace, st.sampled_from(["报送/01.xlsx", "else.xlsx"]), texts, texts)
values = st.one_of(st.none(), texts, st.floats(allow_nan=False))
answers = st.dictionaries(
    texts, st.builds(Answer, st.sampled_from(AnswerState), values, cells, texts, texts, texts), max_size=4
)
units = st.builds(Unit, texts, texts, texts, texts, st.none() | st.integers(1950, 2100))
submissions = st.builds(Submission, units, st.just("报送/01.xlsx"), answers, texts)


def sent_from(own_file: bool) -> st.SearchStrategy[Sent]:
    """What came in a file of the unit's own, or in a table."""
    submission = st.none() | submissions.map(lambda one: replace(one, own_file=own_file))
    return st.builds(Sent, units, cells, submission, st.just(own_file), st.lists(problems, max_size=1).map(tuple))


readings = st.builds(
    FileRead,
    st.lists(st.booleans().flatmap(sent_from), max_size=3).map(tuple),
    st.lists(problems, max_size=3).map(tuple),
    texts,
)


@given(readings)
def test_a_reading_comes_back_as_it_was(read: FileRead) -> None:
    assert unpack(pack(read, "报送/01.xlsx"), "报送/01.xlsx", unpacker()) == read


@given(answers)
def test_answers_keep_their_order(given_: dict[str, Answer]) -> None:
    back = unpack_answers(pack_answers(given_, "报送/01.xlsx"), "报送/01.xlsx")
    assert list(back.items()) == list(given_.items())


def test_a_report_that_never_came_is_still_no_number() -> None:
    one = an_answer(math.inf)
    assert unpack_answers(pack_answers({"a": one}, one.place.path), one.place.path) == {"a": one}


def test_the_same_file_under_another_folder_reads_the_same(tmp_path: Path) -> None:
    tree = a_tree(indicators=[an_indicator()])
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "t.csv").write_text("unit,01-1.x\n01,0.5\n02,约90%\n", encoding="utf-8")
    one, other = (tmp_path / folder / "t.csv" for folder in ("a", "b"))
    packed = pack(read_file(one, True, layout_of(tree), None), one.as_posix())
    assert packed == pack(read_file(other, True, layout_of(tree), None), other.as_posix())
    assert unpack(packed, other.as_posix(), unpacker()) == read_file(other, True, layout_of(tree), None)


GOOD = pack(FileRead((Sent(Unit("01", "甲"), CellPlace("a")),), (Problem(Code.S106, CellPlace("a")),), "f"), "a")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x\n",
        b"5\n{}",
        GOOD[:-1],
        GOOD + b"more",
        GOOD.replace(b"S106", b"S999"),
        GOOD.replace(b'"cell"', b'"room"'),
        GOOD.replace(b'"unit"', b'"tinu"'),
        GOOD.replace(b'"S106"', b"[106]"),
        GOOD.replace('"甲"'.encode(), b"12345"),  # of the same length: a number where a text belongs
        GOOD.replace(b'["cell",null,"",""]', b'["cell",null,[],{}]'),
        GOOD.replace(b'"f"', b"{ }"),
        b"9\n[[],[-1]]",
        GOOD.replace(b'"submission":null', b'"submission":[["01","","","",null],""]').replace(
            GOOD.partition(b"\n")[0], b"%d" % (int(GOOD.partition(b"\n")[0]) + 30)
        ),  # a submission, and no answers to it
        b"\x80\x04\x95",  # how a pickle begins
    ],
)
def test_bytes_that_are_no_reading_are_refused(data: bytes) -> None:
    with pytest.raises(PackedError):
        unpack(data, "a", unpacker())


def _packed_answers(row: str) -> bytes:
    return zlib.compress(('{"a":' + row + "}").encode())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no stream",
        pack_answers({"a": an_answer(1.0)}, "a")[:-3],
        _packed_answers("[9,null,'','','','','',null]"),
        _packed_answers('[0,[],"","","","","",null]'),
        _packed_answers('[0,NaN,"","","","","",null]'),
        _packed_answers('[0,1,"",7,"","","",null]'),
        _packed_answers('[99,1,"","","","","",null]'),
        _packed_answers("1e999"),
    ],
)
def test_bytes_that_are_no_answers_are_refused_when_somebody_looks(data: bytes) -> None:
    with pytest.raises(PackedError):
        unpack_answers(data, "a")


def test_a_figure_of_a_kind_that_no_words_take_is_a_bug() -> None:
    with pytest.raises(TypeError, match="frozenset"):
        pack(FileRead((), (Problem(Code.S106, CellPlace("a"), {"found": frozenset()}),)), "a")
