"""What came of a file is the same after it was packed; bytes that are no reading are said to be none."""

import json
import math
import tracemalloc
import zlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from builders import a_tree, an_answer, an_indicator
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.catalogue import Code
from lawgov_score.model import Answer, AnswerState, Submission, Unit, columns_of
from lawgov_score.problem_data import PackedError
from lawgov_score.problems import CellPlace, NodePlace, Problem, TextPlace
from lawgov_score.wording import Phrase, Quantity, Words
from lawgov_score.workbook.forms.layout import layout_of
from lawgov_score.workbook.submission.one_file import FileRead, Sent, read_file
from lawgov_score.workbook.submission.packed import (
    pack,
    pack_columns,
    unpack,
    unpack_columns,
    unpack_texts,
)

texts = st.text(st.characters(), max_size=8)
places = st.one_of(
    st.builds(CellPlace, st.sampled_from(["报送/01.xlsx", "else.xlsx"]), texts, texts),
    st.builds(NodePlace, texts, texts),
    st.builds(TextPlace, texts, st.integers(0, 9), st.integers(0, 9)),
)
plain = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), texts)
words = st.builds(Words, texts, texts)
figures = st.recursive(
    st.one_of(plain, words, st.builds(Quantity, st.floats(allow_nan=False), st.booleans(), is_day=st.booleans())),
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
    assert unpack(pack(read, "报送/01.xlsx"), "报送/01.xlsx") == read


def _journey(answers_: dict[str, Answer], path: str) -> Mapping[str, Answer]:
    (back,) = unpack_columns(pack_columns(columns_of(answers_, path), path), path).rows()
    return back


@given(answers)
def test_answers_keep_their_order(given_: dict[str, Answer]) -> None:
    assert list(_journey(given_, "报送/01.xlsx").items()) == list(given_.items())


def test_a_report_that_never_came_is_still_no_number() -> None:
    one = an_answer(math.inf)
    assert _journey({"a": one}, one.place.path) == {"a": one}


def test_numbers_and_states_are_there_without_unpacking_a_text() -> None:
    packed = pack_columns(columns_of({"a": an_answer(2.0), "b": an_answer("字")}, "a"), "a")
    read = unpack_columns(packed[:-3] + b"...", "a")  # the texts are damaged
    assert read.values[:, 0].tolist() == pytest.approx([2.0, math.nan], nan_ok=True)
    assert read.states.tolist() == [[AnswerState.GIVEN], [AnswerState.GIVEN]]
    with pytest.raises(PackedError):
        dict(read.rows()[0])


def test_the_same_file_under_another_folder_reads_the_same(tmp_path: Path) -> None:
    tree = a_tree(indicators=[an_indicator()])
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "t.csv").write_text("unit,01-1.x\n01,0.5\n02,约90%\n", encoding="utf-8")
    one, other = (tmp_path / folder / "t.csv" for folder in ("a", "b"))
    packed = pack(read_file(one, True, layout_of(tree), None), one.as_posix())
    assert packed == pack(read_file(other, True, layout_of(tree), None), other.as_posix())
    assert unpack(packed, other.as_posix()) == read_file(other, True, layout_of(tree), None)


GOOD = pack(FileRead((Sent(Unit("01", "甲"), CellPlace("a")),), (Problem(Code.S106, CellPlace("a")),), "f"), "a")


SENT = Sent(
    Unit("01", "甲"), CellPlace("a"), Submission(Unit("01", "甲"), "a", {"1.x": an_answer(1.0)}, "f"), blocks=(7,)
)


def _with_submission(old: bytes, new: bytes) -> bytes:
    """A reading with one submission and a changed head, whose length is said rightly."""
    size, _, rest = pack(FileRead((SENT,), ()), "a").partition(b"\n")
    head = rest[: int(size)].replace(old, new)
    assert head != rest[: int(size)]
    return b"%d\n" % len(head) + head + rest[int(size) :]


def test_texts_of_unknown_fields_are_refused_before_columns_are_made_of_them() -> None:
    many: dict[str, list[list[object]]] = {f"b{number}": [[], []] for number in range(1_000)}
    tracemalloc.start()
    with pytest.raises(PackedError):
        unpack_texts(_texts(words=many), "a", ["a"], 100_000)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5_000_000


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
        _with_submission(b'"blocks":[7]', b'"blocks":[1180591620717411303424]'),
        _with_submission(b'"blocks":[7]', b'"blocks":[-7]'),
        _with_submission(b'"f",0,0]', b'"f",0,0.5]'),
        _with_submission(b'"f",0,0]', b'"f",0,1]'),
        _with_submission(b'"f",0,0]', b'"f",true,0]'),
    ],
)
def test_bytes_that_are_no_reading_are_refused(data: bytes) -> None:
    with pytest.raises(PackedError):
        unpack(data, "a")


ONE = pack_columns(columns_of({"a": an_answer(1.0, path="a")}, "a"), "a")
HEAD = ONE.partition(b"\n")[0]


def _changed(old: bytes, new: bytes) -> bytes:
    """The columns with another head, whose length is said rightly."""
    size = int(HEAD)
    body = ONE.partition(b"\n")[2]
    head = body[:size].replace(old, new)
    assert head != body[:size]
    return b"%d\n" % len(head) + head + body[size:]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no columns",
        ONE[:-3],
        ONE + b"more",
        _changed(b'["a"]', b'["a","b"]'),
        _changed(b'["a"]', b"[7]"),
        _changed(b"[1,1]", b"[1,9]"),
        _changed(b"[1,1]", b"[1,-1]"),
        _changed(b"[1,1]", b'["1",1]'),
        ONE.replace(b"\x00" * 6 + b"\xf0?\x00", b"\x00" * 6 + b"\xf0?\x63"),  # the state of the only answer: 99
    ],
)
def test_bytes_that_are_no_answers_are_refused(data: bytes) -> None:
    with pytest.raises(PackedError):
        unpack_columns(data, "a")


def _texts(**kept: object) -> bytes:
    nothing: dict[str, object] = {"words": {}, "printed": {}, "evidence": {}, "notes": {}, "places": []}
    return zlib.compress(json.dumps(nothing | kept).encode())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no stream",
        _texts()[:-3],
        zlib.compress(b"1e999"),
        _texts(words={"b": [[0], ["x"]]}),  # a field that was not asked
        _texts(words={"a": [[0, 1], ["x", "y"]]}),  # more texts than rows
        _texts(printed={"a": [[0], [7]]}),
        _texts(notes={"a": None}),
        _texts(places=[["a", 0, ["room", None, "", ""]]]),
        _texts(places=[["a", "x", ["cell", None, "", ""]]]),
    ],
)
def test_bytes_that_are_no_texts_are_refused(data: bytes) -> None:
    with pytest.raises(PackedError):
        unpack_texts(data, "a", ["a"], 1)


def test_a_figure_of_a_kind_that_no_words_take_is_a_bug() -> None:
    with pytest.raises(TypeError, match="frozenset"):
        pack(FileRead((), (Problem(Code.S106, CellPlace("a"), {"found": frozenset()}),)), "a")
