"""``python golden_rounds.py ROOT HOW_MANY SEED``: scores random rounds by one version, a line for each.

``make golden`` runs it for two versions with the same seeds and compares the lines. Trees and rounds are drawn by the
version's own test environment (tests/random_rounds.py), which draws the same of the same seed.
"""

import hashlib
import sys
from pathlib import Path
from typing import Any

FIELDS: tuple[str, ...] = (
    "total",
    "full_total",
    "raw_total",
    "raw_points",
    "converted",
    "coverage",
    "scores",
    "points",
)
FIELDS += ("status", "values", "rank", "overall_rank", "grades", "grade_reasons", "vetoes", "computed", "adjusted")
FIELDS += ("by_zero", "small", "from_rate")


def main() -> int:
    """Prints, for each round, what it is and what it comes to: digests of the tree and answers, and of every result."""
    root, how_many, start = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    sys.path[:0] = [str(root), str(root / "tests")]
    from hypothesis import HealthCheck, Phase, given, seed, settings
    from hypothesis.internal.conjecture import providers
    from random_rounds import Round, rounds

    # The library also draws constants that it finds in the source: two versions would draw different rounds.
    no_constants = providers._local_constants
    providers._get_local_constants = lambda: no_constants

    @seed(start)
    @settings(
        max_examples=how_many,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(rounds())
    def score_all(done: Round) -> None:
        scores = done.scored()
        asked = [
            (s.unit.code, sorted((k, a.value, int(a.state)) for k, a in s.answers.items())) for s in done.submissions
        ]
        results = [_digest(getattr(scores, name)) for name in FIELDS]
        problems = sorted((problem.code.value, str(problem.place)) for problem in scores.problems)
        print(done.tree.fingerprint[:12], _digest(asked), *results, _digest(problems), flush=False)

    score_all()
    return 0


def _digest(what: Any) -> str:
    told = what.tobytes() if hasattr(what, "tobytes") else repr(what).encode()
    return hashlib.sha256(told).hexdigest()[:10]


if __name__ == "__main__":
    sys.exit(main())
