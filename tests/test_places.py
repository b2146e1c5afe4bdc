"""Many places in little room: whoever reads the list finds every one of them."""

import re

from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.places import MOST_PLACES, place_list, place_text
from lawgov_score.problems import CellPlace, NodePlace, Place, TextPlace

cells = st.builds(
    lambda path, sheet, column, row: CellPlace(path, sheet, f"{column}{row}"),
    st.sampled_from(("a.xlsx", "b.xlsx")),
    st.sampled_from(("填报", "说明", "")),
    st.sampled_from(("G", "H", "AA")),
    st.integers(1, 12),
)


def read_back(texts: tuple[str, ...]) -> list[Place]:
    """The cells that a list names, as a reader would: file and sheet stay as they were until others are named."""
    places: list[Place] = []
    path = sheet = ""
    for text in texts:
        match = re.fullmatch(r"(?:(.*\.xlsx):)?(?:(\w+)!)?([A-Z]+)(\d+)(?::[A-Z]+(\d+))?", text)
        assert match is not None, text
        sheet = match[2] or ("" if match[1] else sheet)
        path = match[1] or path
        places += [
            CellPlace(path, sheet, f"{match[3]}{row}") for row in range(int(match[4]), int(match[5] or match[4]) + 1)
        ]
    return places


@given(st.lists(cells, max_size=MOST_PLACES))
def test_every_cell_can_be_read_back(places: list[CellPlace]) -> None:
    assert read_back(place_list(places)) == places


def test_neighbours_are_a_range_and_a_file_is_named_once() -> None:
    places = [CellPlace("a.xlsx", "填报", f"G{row}") for row in (12, 15, 16, 17, 18, 20, 21)]
    assert place_list(places) == ("a.xlsx:填报!G12", "G15:G18", "G20", "G21")
    assert place_list(places[1:], after=places[0]) == ("G15:G18", "G20", "G21")
    assert place_list([CellPlace("b.xlsx")], after=places[0]) == ("b.xlsx",)
    assert place_list([TextPlace("t.yaml", 3, 1), TextPlace("t.yaml", 9, 5)]) == ("t.yaml:3:1", "9:5")
    assert place_list([NodePlace("A", "01"), NodePlace("B", "01")]) == ("A:01", "B:01")
    assert place_list([]) == ()


def test_a_long_list_is_cut_and_says_so() -> None:
    places = [CellPlace("a.xlsx", "填报", f"G{row}") for row in range(1, 999, 2)]
    assert len(place_list(places)) == MOST_PLACES + 1
    assert place_list(places)[-1] == "……"


def test_a_single_place() -> None:
    assert place_text(TextPlace("t.yaml")) == "t.yaml"
    assert place_text(CellPlace("a.xlsx", "填报")) == "a.xlsx:填报"
    assert place_text(NodePlace("", "01-1")) == "01-1"
