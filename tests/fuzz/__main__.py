"""``python -m fuzz TARGET``: drives one target with atheris for a while, or stores what it has gathered.

See docs/fuzzing.md. What is gathered lies in ``out/fuzz/TARGET``: ``corpus``, and ``found`` for what broke a law.
"""

import argparse
import resource
import shutil
import sys
from pathlib import Path

from fuzz.corpus import keep, kept

_LONGEST = {  # bytes
    "archive": 1 << 14,
    "sheet": 1 << 14,
    "book": 1 << 17,
    "marked": 1 << 17,
    "table": 1 << 12,
    "packed": 1 << 13,
    "circulated": 1 << 17,
}


def main() -> None:
    """Ends the process as the fuzzer does: 0, or another number where something was found."""
    options, handed_down = _options()
    folder = Path("out/fuzz") / options.target
    gathered, found = folder / "corpus", folder / "found"
    if options.keep:
        small = folder / "small"
        inputs = [path.read_bytes() for path in sorted(small.iterdir())]
        print(f"{len(inputs)} inputs in {keep(options.target, inputs)} bytes")
        return
    for one in (gathered, found):
        one.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(kept(options.target)):
        (gathered / f"kept-{number}").write_bytes(data)
    limit = options.memory << 20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    arguments = [
        f"-max_len={_LONGEST[options.target]}",
        f"-timeout={options.slowest}",
        "-rss_limit_mb=0",  # the limit above is the system's own
        f"-artifact_prefix={found}/",
    ]
    if options.merge:
        if not handed_down:
            shutil.rmtree(folder / "small", ignore_errors=True)
        (folder / "small").mkdir(exist_ok=True)
        arguments += ["-merge=1", str(folder / "small"), str(gathered)]
    else:
        until = f"-runs={options.runs}" if options.runs else f"-max_total_time={options.seconds}"
        arguments += [until, f"-seed={options.seed}", "-print_final_stats=1", str(gathered)]
    _drive(options.target, gathered, handed_down or arguments)


def _options() -> tuple[argparse.Namespace, list[str]]:
    """What was asked, and arguments of the fuzzer itself: to merge it starts this very command again with its own."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("target", choices=_LONGEST)
    parser.add_argument("--seconds", type=int, default=60, help="how long to look (60)")
    parser.add_argument("--runs", type=int, default=0, help="so many inputs, however long they take")
    parser.add_argument("--seed", type=int, default=0, help="the same seed and --runs try the same inputs (0: others)")
    parser.add_argument("--slowest", type=int, default=20, help="seconds that one input may take (20)")
    parser.add_argument("--memory", type=int, default=3072, help="MB of addresses that the process may have (3072)")
    parser.add_argument("--merge", action="store_true", help="pick the few that reach all that is reached: small/")
    parser.add_argument("--keep", action="store_true", help="store what --merge picked in the corpus of the project")
    return parser.parse_known_args()


def _drive(target: str, gathered: Path, arguments: list[str]) -> None:
    import atheris  # an extra: nothing but this needs it

    with atheris.instrument_imports(include=["lawgov_score.workbook"]):  # only what is first imported in here counts
        from fuzz.mutator import changed
        from fuzz.seeds import seeds
        from fuzz.targets import TARGETS

    for number, data in enumerate(seeds(target)):
        (gathered / f"seed-{number}").write_bytes(data)

    def change(data: bytes, most: int, seed: int) -> bytes:
        return changed(target, data, seed, atheris.Mutate)[:most]

    again = f"{sys.executable} -m fuzz {target}"
    atheris.Setup([again, *arguments], TARGETS[target], custom_mutator=change)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
