"""Puts indicators/ and submissions/ into a wheel as package data. All else about the package stands in setup.cfg."""

from pathlib import Path
from shutil import copytree, ignore_patterns

from setuptools import setup
from setuptools.command.build_py import build_py

CARRIED = ("indicators", "submissions")
MADE = ignore_patterns("__pycache__", "[!~]*-[0-9][0-9].xlsx")  # what `make demo` makes in submissions/sample-round


class WithCarriedFiles(build_py):
    """Copies the two folders beside the package's own files; an editable install finds them where they are."""

    def run(self) -> None:
        """Builds the package, then copies."""
        super().run()
        if self.editable_mode:
            return
        for name in CARRIED:
            target = Path(self.build_lib, "lawgov_score", "carried_files", name)
            copytree(name, target, ignore=MADE, dirs_exist_ok=True)


setup(cmdclass={"build_py": WithCarriedFiles})
