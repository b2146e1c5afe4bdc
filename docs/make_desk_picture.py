"""docs/images/desk.png: the first page of the desk, of the made-up round: ``python -m docs.make_desk_picture``.

Needs a chromium. The round is made anew, so that its days are those around today.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PICTURE = Path(__file__).parent / "images" / "desk.png"
_PORT = "8239"
_WIDTH, _HEIGHT = 1280, 920
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run")


def main() -> None:
    """Serves the round, and writes what a browser shows."""
    browser = next(filter(None, map(shutil.which, _BROWSERS)))
    with tempfile.TemporaryDirectory() as folder:
        serve = [sys.executable, "-m", "lawgov_score", "serve", f"{folder}/round", "--demo", "--no-browser"]
        served = subprocess.Popen([*serve, "--port", _PORT], stdout=subprocess.PIPE, encoding="utf-8")
        try:
            assert served.stdout is not None  # it is a pipe
            (address,) = re.findall(r"http://\S+", served.stdout.readline())
            size, of = f"--window-size={_WIDTH},{_HEIGHT}", f"--user-data-dir={folder}/browser"
            subprocess.run(
                [browser, *_FLAGS, size, of, f"--screenshot={PICTURE}", address], check=True, capture_output=True
            )
        finally:
            served.terminate()
            served.wait()


if __name__ == "__main__":
    main()
