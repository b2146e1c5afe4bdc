"""Standard input and output where a file is meant: ``-``."""

import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from lawgov_score.cli.saying import lose
from lawgov_score.problems import SPOOLED, STANDARD_INPUT
from lawgov_score.report import render
from lawgov_score.wording import Language, Words

_TWICE = Words(
    "标准输入（-）只能用于一处，现用于 {found:list}", "standard input (-) can be given once, not for {found:list}"
)
_NO_UTF8 = Words(
    "读不出：不是 UTF-8 文字。终端用的是 GBK 等别的编码：改为 UTF-8（如 export LANG=zh_CN.UTF-8，Windows 用 "
    "chcp 65001）再输入",
    "it is no UTF-8 text: the terminal sends another encoding. Set it to UTF-8 (LANG=zh_CN.UTF-8, on Windows chcp "
    "65001), and type it again",
)
_NO_FOLDER = Words("这里要文件夹，不能是标准输出（-）", "a folder is needed here, not standard output (-)")


def once(arguments: Mapping[str, object], lang: Language) -> None:
    """Raises ``click.UsageError`` if standard input is named for more than one file to read."""
    names = []
    for name, value in arguments.items():
        several = value if isinstance(value, tuple) else (value,)
        names += [name] * sum(isinstance(one, Path) and str(one) == STANDARD_INPUT for one in several)
    if len(names) > 1:
        raise click.UsageError(render(_TWICE(found=tuple(names)), lang))


def readable(parameters: Iterable[click.Parameter], given: Mapping[str, object], lang: Language) -> None:
    """Raises ``click.BadParameter`` for a text of bytes that are no UTF-8: it could neither be kept nor signed.

    Paths are names on a disk, whatever their bytes.
    """
    for parameter in parameters:
        value = given.get(parameter.name or "")
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str) and not is_unicode(text):
                raise click.BadParameter(render(_NO_UTF8, lang), param=parameter)


def is_unicode(text: str) -> bool:
    """Is it text, and not bytes of another encoding that a terminal sent?"""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class OutputFolder(click.Path):
    """A folder to write to, except ``-``, which would create a folder of that name."""

    def __init__(self, lang: Language) -> None:
        super().__init__(path_type=Path)
        self.lang = lang

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; a usage error for ``-``."""
        if str(value) == STANDARD_INPUT:
            self.fail(render(_NO_FOLDER, self.lang), param, ctx)
        return super().convert(value, param, ctx)


def given(path: Path, suffix: str, stack: ExitStack) -> Path:
    """``path``, or standard input as a file where it is ``-``."""
    if str(path) != STANDARD_INPUT:
        return path
    from lawgov_score.files import refusing, temporary_folder
    from lawgov_score.workbook.package.guard import MOST_BYTES

    data = sys.stdin.buffer.read(MOST_BYTES + 1)  # one byte more than the limit: then reading the file reports it
    folder = stack.enter_context(temporary_folder(SPOOLED))
    # A workbook is recognised by its content, whatever the usual suffix.
    spooled = folder / f"{STANDARD_INPUT}{'.xlsx' if data.startswith(b'PK') else suffix}"
    with refusing(folder):
        spooled.write_bytes(data)
    return spooled


def maybe(path: Path | None, suffix: str, stack: ExitStack) -> Path | None:
    """The same for an optional file."""
    return None if path is None else given(path, suffix, stack)


def to_stdout_as(write: Callable[[Path], Any], stack: ExitStack) -> None:
    """Lets ``write`` write a workbook and copies it to standard output, whole."""
    from lawgov_score.files import temporary_folder

    folder = stack.enter_context(temporary_folder("lawgov-"))
    path = folder / "scorecard.xlsx"
    write(path)
    try:
        with path.open("rb") as whole:
            shutil.copyfileobj(whole, sys.stdout.buffer)
        sys.stdout.flush()
    except OSError as error:
        lose(sys.stdout, error)
