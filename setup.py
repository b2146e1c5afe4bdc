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
    return [name for name in names if name == "__pycache__" or name.startswith((".", "~$"))]  # ~$: open in Excel


class WithCarriedFiles(build_py):
    """Copies the two folders beside the package's own files; an editable install finds them where they are."""

    def run(self) -> None:
        """Builds the package anew, then copies: build/ may hold what an earlier build left and is no more."""
        if self.editable_mode:
            super().run()
            return
        built = Path(self.build_lib, "lawgov_score")
        if built.exists() and not built.samefile("lawgov_score"):
            rmtree(built)
        super().run()
        for name in CARRIED:
            copytree(name, built / "carried_files" / name, ignore=made)


setup(cmdclass={"build_py": WithCarriedFiles})
