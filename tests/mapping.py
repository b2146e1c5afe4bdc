"""``python tests/mapping.py``: every module with logic of its own can be found from a test, and the map says which.

A module has a test file of its name in the folder of its package (``workbook/package/guard.py``:
``tests/workbook/package/test_guard.py``), or worked cases of its name (``tests/rules/cases/tiers.yaml``), or a test
imports it, or a test's docstring names it because it is reached only through another. Prints those that have none.
"""

import ast
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

TESTS = Path(__file__).parent
PACKAGE = TESTS.parent / "lawgov_score"


def main() -> int:
    """Prints the modules that no test can be found for."""
    found = tests_of_modules()
    lost = [name for name, tests in found.items() if not tests]
    for name in lost:
        print(f"{name}: no test has its name, imports it or names it (tests/mapping.py)")
    print(f"{len(found)} modules with logic, {len(lost)} of them without a test to be found")
    return 1 if lost else 0


def tests_of_modules() -> Mapping[str, list[str]]:
    """Module, as ``workbook/package/guard.py`` -> the test files that are about it."""
    imported: dict[str, list[str]] = {}
    named: dict[str, list[str]] = {}
    files = sorted(TESTS.rglob("*.py"))
    for path in files:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        shown = path.relative_to(TESTS).as_posix()
        for module in _imports(tree):
            imported.setdefault(module, []).append(shown)
        for word in (ast.get_docstring(tree) or "").replace("`", " ").replace(",", " ").split():
            if word.endswith(".py"):
                named.setdefault(word, []).append(shown)
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if not has_logic(ast.parse(path.read_text(encoding="utf-8"))):
            continue
        test = (Path(name).parent / f"test_{path.stem}.py").as_posix()
        tests = [each for each in (test, f"{Path(name).parent}/cases/{path.stem}.yaml") if (TESTS / each).exists()]
        dotted = ".".join(["lawgov_score", *Path(name).with_suffix("").parts]).removesuffix(".__init__")
        found[name] = tests + imported.get(dotted, []) + named.get(name, [])
    return found


def _imports(tree: ast.Module) -> Iterator[str]:
    """The modules that a test imports something of."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def has_logic(tree: ast.Module) -> bool:
    """Is there a function that does more than return what it is given?"""
    return any(
        isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and len(_statements(node)) > 0
        for node in ast.walk(tree)
    )


def _statements(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.stmt]:
    """What a function does, without its docstring and ``...``."""
    return [one for one in node.body if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))]


if __name__ == "__main__":
    sys.exit(main())
