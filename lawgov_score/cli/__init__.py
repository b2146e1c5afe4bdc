"""The command line: reads options, calls the pipeline, shows problems, exits.

Nothing here imports numpy, pandas or a workbook library before a command needs it, so that ``--help`` is quick.
"""

import errno
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click

from lawgov_score.cli.saying import is_of_stdout, lose, lost_stdout, open_streams, say
from lawgov_score.cli.texts import dash_text, meant_option, usage_text
from lawgov_score.problems import RefusedError
from lawgov_score.wording import Language

EXIT_PROBLEMS, EXIT_USAGE, EXIT_BUG, EXIT_INTERRUPTED = 1, 2, 3, 130
_INTERRUPTED = {"zh": "已中断，未留下半个文件。", "en": "Interrupted; no half-written file was left."}
_ENDINGS = ("SIGTERM", "SIGHUP")  # requests to end by the system, or by a closing terminal


class EndedError(BaseException):
    """A signal asked the program to end. Not an ``Exception``, so that no handler on the way takes it for a fault."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number


def main(arguments: Sequence[str] | None = None) -> None:
    """``lawgov-score``. Exits 0 clean, 1 problems in the input, 2 wrong usage, 3 our bug, 130 interrupted.

    A signal to end (SIGTERM 143, SIGHUP 129) cleans up as an interruption does.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    open_streams()
    lang = language(given)
    from lawgov_score.cli.commands import build

    with _ending_in_order():
        code = run(build(lang), given, lang)
    sys.exit(code)


@contextmanager
def _ending_in_order() -> Iterator[None]:
    """Turns signals to end into an exception, so that temporary files go; signals ignored or handled stay so."""

    def end(number: int, _: FrameType | None) -> None:
        for one in taken:
            signal.signal(one, signal.SIG_IGN)  # clean-up must not be interrupted by a second signal
        raise EndedError(number)

    may_take = threading.current_thread() is threading.main_thread()
    numbers = [getattr(signal, name) for name in _ENDINGS if may_take and hasattr(signal, name)]
    taken = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
    for number in taken:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def run(group: click.Group, given: Sequence[str], lang: Language) -> int:
    """Runs a command and turns every way in which it can end into an exit code and a message."""
    code = _ended(group, given, lang)
    lost = lost_stdout()
    if lost is None:
        return code
    from lawgov_score.files import refusal
    from lawgov_score.report import problems_text

    say(problems_text([refusal(Path("stdout"), lost)], lang), err=True)
    return max(code, EXIT_PROBLEMS)


def _ended(group: click.Group, given: Sequence[str], lang: Language) -> int:
    for word in given:
        meant = meant_option(word, group)
        if meant:
            say(dash_text(word, meant, lang), err=True)
            return EXIT_USAGE
    try:
        code = group.main(args=list(given), prog_name="lawgov-score", standalone_mode=False)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.UsageError as error:
        say(usage_text(error, lang), err=True)
        return EXIT_USAGE
    except RefusedError as refused:
        from lawgov_score.report import problems_text

        say(problems_text(refused.problems, lang), err=True)
        return EXIT_USAGE
    except (click.Abort, KeyboardInterrupt):
        say(_INTERRUPTED[lang], err=True)
        return EXIT_INTERRUPTED
    except EndedError as ended:
        say(_INTERRUPTED[lang], err=True)
        return ended.exit_code
    except BrokenPipeError as gone:
        lose(sys.stdout, gone)  # the reader of a pipe has gone (``| head``): nobody to tell, and not an error
        return 0
    except Exception as bug:
        import traceback

        from lawgov_score.catalogue import Code
        from lawgov_score.problems import Problem, TextPlace
        from lawgov_score.report import problems_text

        if isinstance(bug, OSError) and is_of_stdout(bug):  # click prints its own help
            return 0
        if isinstance(bug, OSError) and bug.errno in {errno.EMFILE, errno.ENFILE}:
            say(problems_text([Problem(Code.O116, TextPlace("lawgov-score"))], lang), err=True)
            return EXIT_USAGE
        say(traceback.format_exc(), err=True)
        problem = Problem(Code.X900, TextPlace("lawgov-score"), {"found": f"{type(bug).__name__}: {bug}"})
        say(problems_text([problem], lang), err=True)
        return EXIT_BUG
    return code if isinstance(code, int) else 0


def language(given: Sequence[str]) -> Language:
    """The language asked for, looked up before anything is worded: ``--lang``, then LAWGOV_LANG, then Chinese."""
    wanted = os.environ.get("LAWGOV_LANG", "")
    for i, word in enumerate(given):
        if word.startswith("--lang="):
            wanted = word.removeprefix("--lang=")
        elif word == "--lang" and i + 1 < len(given):
            wanted = given[i + 1]
    return Language.EN if wanted.lower().startswith("en") else Language.ZH
