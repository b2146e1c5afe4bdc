"""docs/architecture.md and CONTRIBUTING name what is there: every layer, every wing, every file."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "lawgov_score"
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PAGES = {"docs/architecture.md": PAGE, "CONTRIBUTING.md": (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")}
_FILE = re.compile(r"`([A-Za-z_][\w./-]*?(?:\.(?:py|json|md|yaml|toml)|/))`")
_BEGINNINGS = ("tests/", "docs/", "benchmarks/", "lawgov_score/", "submissions/", "indicators/")


def files_named(page: str) -> list[str]:
    """The files and folders that a page names, patterns (`rules/<kind>.py`, `tree_*.py`) left out."""
    return [name for name in _FILE.findall(page) if not re.search(r"[<*>]", name)]


def is_there(name: str) -> bool:
    if name.startswith(_BEGINNINGS):
        return (ROOT / name).exists()
    # Within a recipe a file is called by its last name where the line before has its folder.
    places = (PACKAGE, ROOT / "indicators")
    return (PACKAGE / name).exists() or (ROOT / name).exists() or any(any(at.rglob(name.rstrip("/"))) for at in places)


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_is_named_is_there(page: str) -> None:
    named = files_named(PAGES[page])
    assert len(named) > 30
    assert [name for name in named if not is_there(name)] == []


def test_a_file_that_is_gone_would_be_seen() -> None:
    assert files_named("`workbook/probe.py` and `tests/test_none.py`") == ["workbook/probe.py", "tests/test_none.py"]
    assert not is_there("workbook/probe.py")
    assert not is_there("tests/test_none.py")


def test_every_layer_and_every_wing_is_explained() -> None:
    top = {path.name + "/" * path.is_dir() for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    top -= {"__init__.py", "__main__.py", "__pycache__/"}
    wings = {f"workbook/{path.name}/" for path in (PACKAGE / "workbook").iterdir() if (path / "__init__.py").exists()}
    told = set(re.findall(r"^\| `([^`]+)` \|", PAGE, re.MULTILINE))
    assert top <= told, top - told
    assert wings <= told, wings - told


def test_the_order_of_the_page_is_the_order_of_the_law() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    for contract, folder in ((contracts[0], ""), (contracts[1], "workbook/")):
        layers = [[each.strip() for each in layer.split("|")] for layer in contract["layers"]]
        level = {name: i for i, names in enumerate(layers) for name in names}
        table = [
            name.removeprefix(folder).rstrip("/").removesuffix(".py")
            for name in re.findall(r"^\| `([^`]+)` \|", PAGE, re.M)
        ]
        order = [level[name] for name in table if name in level]
        assert len(order) >= len(level)
        assert order[: len(level)] == sorted(order[: len(level)]), contract["name"]


def test_ten_steps_lead_from_the_cell_to_the_card() -> None:
    steps = re.findall(r"^(\d+)\. \*\*", PAGE, re.MULTILINE)
    assert steps == [str(number) for number in range(1, 11)]
