"""``python tests/pythons.py``: every Python from 3.11 to 3.13 that this machine has, a path a line.

``--others``: without the one that runs.
"""

import shutil
import subprocess
import sys
from pathlib import Path

VERSIONS = ("3.11", "3.12", "3.13")


def pythons() -> dict[str, str]:
    """The path of each version, on the search path or kept by pyenv; of this one, the one that runs."""
    found = {f"3.{sys.version_info.minor}": sys.executable}
    for version in VERSIONS:
        kept = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python{version}"))
        for path in (shutil.which(f"python{version}"), *kept):
            if version not in found and path and _runs(path):
                found[version] = str(path)
    return {version: found[version] for version in sorted(found)}


def _runs(path: str | Path) -> bool:
    """Does it start? A shim of pyenv may stand for a version that is not switched on."""
    return subprocess.run([path, "-c", ""], capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    for version in VERSIONS:
        if version not in pythons():
            print(f"Python {version} is not here: nothing is tried on it", file=sys.stderr)
    print("\n".join(path for path in pythons().values() if "--others" not in sys.argv or path != sys.executable))
