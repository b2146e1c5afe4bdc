"""The schemes worked by hand (tests/schemes), run as `score` runs them, with whatever lies in their folder."""

from functools import cache
from pathlib import Path

from lawgov_score.pipeline import Assessment, assess

SCHEMES = sorted(path.parent for path in (Path(__file__).parent / "schemes").glob("*/figures.csv"))


@cache
def done(folder: Path) -> Assessment:
    """The whole run of one scheme."""

    def there(name: str) -> Path | None:
        return folder / name if (folder / name).exists() else None

    office = there("office")
    return assess(
        folder / "tree.yaml",
        [folder / "figures.csv"],
        there("roster.csv"),
        weights=there("weights.yaml"),
        assessor=[office] if office is not None else [],
        previous=there("previous"),
    )
