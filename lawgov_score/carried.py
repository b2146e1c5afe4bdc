"""What the package carries: indicator trees, and submissions to try them with; found by code."""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

_PACKAGE = Path(__file__).parent
_IN_A_WHEEL = _PACKAGE / "carried_files"  # setup.py puts the two top-level folders there


def home() -> Path:
    """The folder that holds ``indicators`` and ``submissions``: within the package, or the repository around it."""
    return _IN_A_WHEEL if _IN_A_WHEEL.is_dir() else _PACKAGE.parent


def carried_trees() -> dict[str, Path]:
    """The folder of every tree that the package carries, by its code, in order."""
    folder = home() / "indicators"
    return {one.name: one for one in sorted(folder.glob("*")) if (one / "tree.yaml").is_file()}


def tree_at(path: Path) -> Path:
    """``path``, or the carried tree of that code where ``path`` is a bare name and nothing of that name is there."""
    if path.name != str(path) or path.exists():
        return path
    return carried_trees().get(path.name, path)


def script(name: str) -> ModuleType:
    """The carried module ``submissions.<name>``, which makes submissions; it is no part of the package."""
    place = str(home())
    sys.path.insert(0, place)
    try:
        return import_module(f"submissions.{name}")
    finally:
        sys.path.remove(place)
