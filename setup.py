"""Puts indicators/ and submissions/ into a wheel as package data. All else about the package stands in setup.cfg."""

from fnmatch import fnmatch
from pathlib import Path
from shutil import copytree, rmtree

from setuptools import setup
from setuptools.command.build_py import build_py

CARRIED = ("indicators", "submissions")
OF_SAMPLE_ROUND = ("README.md", "*.yaml", "roster.csv")  # everything else there was made, and is made anew by `demo`


def made(folder: str, names: list[str]) -> list[str]:
    """The names in a folder that were made by a run and do not belong into a wheel."""
    if Path(folder).name == "sample-round":
        return [name for name in names if not any(fnmatch(name, kept) for kept in OF_SAMPLE_ROUND)]
    return [name for name in names if name == "__pycache__"]


class WithCarriedFiles(build_py):
    """Copies the two folders beside the package's own files; an editable install finds them where they are."""

    def run(self) -> None:
        """Builds the package, then copies."""
        super().run()
        if self.editable_mode:
            return
        for name in CARRIED:
            target = Path(self.build_lib, "lawgov_score", "carried_files", name)
            rmtree(target, ignore_errors=True)  # a build folder that was kept may hold what has been deleted since
            copytree(name, target, ignore=made)


setup(cmdclass={"build_py": WithCarriedFiles})
