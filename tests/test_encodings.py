"""Text is read and written with its encoding said: what a system takes for granted differs from one to the next."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = [
    ROOT / "setup.py",
    *(
        file
        for folder in ("lawgov_score", "submissions", "benchmarks", "docs", "tests/acceptance")
        for file in sorted((ROOT / folder).rglob("*.py"))
    ),
]
_OPENS = frozenset({"open", "fdopen", "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile"})
_TEXT = frozenset({"read_text", "write_text", "TextIOWrapper", "FileInput"})
_RUNS = frozenset({"run", "Popen", "call", "check_call", "check_output"})
_NOT_TEXT = frozenset({"os", "zipfile", "tarfile", "archive"})  # what their `open` gives is a number, or of bytes
_PAGES = frozenset({"opener", "webbrowser", "visitor", "window", "year", "self"})  # of these it is a page
_FUNCTIONS = frozenset({"", "io", "os"})  # `open`, `io.open`, `os.fdopen`; of anything else it is a method
_AT = {"read_text": 0, "write_text": 1, "TextIOWrapper": 1}  # where an encoding stands without its name


def careless(source: str) -> Iterator[int]:
    """The lines that open, read, write or run something as text without saying the encoding."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
        owner = ast.unparse(called.value) if isinstance(called, ast.Attribute) else ""
        given = {keyword.arg for keyword in node.keywords}
        if "encoding" in given or len(node.args) > _AT.get(name, len(node.args)):
            continue
        is_text = (
            (
                name in _OPENS
                and not (name == "open" and owner.rpartition(".")[2] in _NOT_TEXT | _PAGES)
                and _is_text(node, name, is_method=owner not in _FUNCTIONS)
            )
            or (name in _TEXT and not isinstance(called, ast.Name))
            or (name in _RUNS and bool(given & {"text", "universal_newlines"}))
        )
        if is_text:
            yield node.lineno


def _is_text(node: ast.Call, name: str, *, is_method: bool) -> bool:
    """Does the call open something as text? By its mode: the first argument of a method, the second of a function."""
    at = 1 if name in {"open", "fdopen"} and not is_method else 0
    typed = next((keyword.value for keyword in node.keywords if keyword.arg == "mode"), None)
    typed = typed or (node.args[at] if len(node.args) > at else None)
    if typed is None:
        return name in {"open", "fdopen"}  # temporary files are of bytes, unless another mode is given
    return not (isinstance(typed, ast.Constant) and "b" in str(typed.value))


def test_every_text_says_its_encoding() -> None:
    found = {path.relative_to(ROOT).as_posix(): [*careless(path.read_text(encoding="utf-8"))] for path in OURS}
    assert len(found) > 400
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "line",
    [
        "open('a')",
        "open('a', 'w')",
        "open('a', mode='r')",
        "path.open()",
        "path.open('w', newline='')",
        "io.open('a')",
        "Path('a').open()",
        "os.fdopen(1, 'w')",
        "path.read_text()",
        "path.write_text('x')",
        "subprocess.run(['x'], text=True)",
        "subprocess.Popen(['x'], universal_newlines=True)",
        "tempfile.NamedTemporaryFile('w')",
        "io.TextIOWrapper(raw)",
    ],
)
def test_carelessness_is_found(line: str) -> None:
    assert list(careless(line)) == [1]


@pytest.mark.parametrize(
    "line",
    [
        "open('a', 'rb')",
        "path.open('wb')",
        "os.fdopen(1, 'wb')",
        "path.open(mode='rb')",
        "open('a', encoding='utf-8')",
        "path.read_text('utf-8')",
        "path.write_text('x', 'utf-8')",
        "os.open('a', 0)",
        "tempfile.NamedTemporaryFile()",
        "subprocess.run(['x'], encoding='utf-8')",
        "subprocess.run(['x'])",
    ],
)
def test_care_is_no_carelessness(line: str) -> None:
    assert list(careless(line)) == []
