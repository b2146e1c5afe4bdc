"""Comparing two trees: both loaded, what changed written as a file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lawgov_score.catalogue import Code
from lawgov_score.files import CannotWriteError, batch, keep_inputs, refusing
from lawgov_score.model import Tree
from lawgov_score.pipeline.assessment import files_read
from lawgov_score.pipeline.loading import load_tree
from lawgov_score.problems import Problem, TextPlace, display_path, is_error
from lawgov_score.revision import Revision
from lawgov_score.wording import Language
from lawgov_score.workbook.package.sealed import is_as_written
from lawgov_score.workbook.revision import write_revision


@dataclass(frozen=True)
class Compared:
    """Two trees side by side (None: one of them does not load), and what was found on the way."""

    revision: Revision | None
    problems: tuple[Problem, ...]
    files: tuple[Path, ...] = ()


Loaded = tuple[Tree | None, tuple[Problem, ...]]


def compare_trees(
    old: Path,
    new: Path,
    weights: tuple[Path | None, Path | None] = (None, None),
    load_new: Callable[[Path, Path | None], Loaded] = load_tree,
) -> Compared:
    """The step from one tree to another. ``weights``: the weight set of each, where points are kept apart.

    ``load_new``: what loads the other, where it came from elsewhere.

    A tree that does not load is never taken for one without changes: D102 says which it is.
    """
    loaded: list[Tree] = []
    problems: list[Problem] = []
    for path, chosen, load in zip((old, new), weights, (load_tree, load_new), strict=True):
        tree, found = load(path, chosen)
        if tree is not None:  # what else is doubtful in it, `lint` says
            loaded.append(tree)
        else:
            problems += [one for one in found if one not in problems]
            errors = sum(one.count for one in found if is_error(one))
            problems.append(Problem(Code.D102, TextPlace(display_path(path)), {"n": errors}))
    if len(loaded) < 2:
        return Compared(None, tuple(problems))
    revision = Revision(loaded[0], loaded[1])
    if not revision.has_common_codes:
        values = {"old": display_path(old), "new": display_path(new)}
        problems.append(Problem(Code.D101, TextPlace(display_path(new)), values))
    files = tuple(dict.fromkeys((*files_read(loaded[0], None), *files_read(loaded[1], None))))
    return Compared(revision, tuple(problems), files)


def write_compared(
    compared: Compared, path: Path, lang: Language, text: Callable[[Revision], str] | None, *, overwrite: bool
) -> None:
    """Writes what changed to a file: ``text`` of it, or a workbook. Raises ``CannotWriteError``.

    A workbook in which somebody wrote remarks is never replaced (D103).
    """
    revision = compared.revision
    assert revision is not None  # checked by the caller
    keep_inputs([path], compared.files)
    if text is None and overwrite and path.is_file() and not is_as_written(path):
        raise CannotWriteError(Problem(Code.D103, TextPlace(display_path(path)), {"name": path.name}))
    with batch(overwrite=overwrite) as together:
        temporary = together.file(path)
        with refusing(path):
            if text is None:
                write_revision(revision, temporary, lang)
            else:
                temporary.write_text(text(revision) + "\n", encoding="utf-8", newline="\n")
