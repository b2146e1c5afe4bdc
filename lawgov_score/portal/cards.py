"""Cards among the files of a run or of a publication: whose each is, and what it is called where people look for it."""

from collections.abc import Iterable

from lawgov_score.files import file_names, possible_names
from lawgov_score.pipeline.plain_folder import CARDS
from lawgov_score.rounds.models import Unit


def cards_of(names: Iterable[str], units: Iterable[Unit]) -> dict[str, str]:
    """By unit, the name of its card among these files."""
    there = set(names)
    found = {}
    for unit in units:
        mine = there & {f"{CARDS}/{name}" for name in possible_names(unit.code, ".xlsx")}
        if mine:
            found[unit.code] = min(mine)
    return found


def named_cards(names: Iterable[str], units: Iterable[Unit]) -> dict[str, str]:
    """By name, what the cards among these are called where people look for a unit: by its code and name."""
    every = list(units)
    called_ = file_names([f"{unit.code} {unit.name}" for unit in every], ".xlsx")
    cards = cards_of(names, every)
    return {cards[unit.code]: name for unit, name in zip(every, called_, strict=True) if unit.code in cards}
