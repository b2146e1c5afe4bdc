"""Whichever file of a run cannot be replaced: all are as they were. Each in turn, with and without hard links."""

from pathlib import Path

import pytest
from calls import run
from test_cli import Captured, a_table
from test_cli_outputs import contents
from test_cli_overwrite import command

__all__ = ["command"]  # a fixture


@pytest.mark.parametrize("has_links", [True, False])
def test_where_one_file_cannot_be_replaced_all_are_as_they_were(
    has_links: bool, command: list[str], tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scorecard left open in Excel on Windows, a disk that is lost: whichever of the files it is."""
    out = tmp_path / "out"
    assert run(*command) == 0
    before = contents(out)
    a_table(tmp_path, "A,2,2")
    replace, unlink, refused = Path.replace, Path.unlink, 0

    def no_links(self: Path, target: Path) -> None:
        raise PermissionError(1, "no links here")

    for at in range(40):
        done: list[Path] = []

        def counted(self: Path, *rest: Path, of: str = "", at: int = at, done: list[Path] = done) -> object:
            inside = out in self.parents or any(out in Path(one).parents for one in rest)
            if inside and len(done) == at:
                done.append(self)
                raise PermissionError(13, "in use")
            if inside:
                done.append(self)
            return replace(self, *rest) if of == "replace" else unlink(self, missing_ok=True)

        with monkeypatch.context() as system:
            system.setattr(Path, "replace", lambda self, target, do=counted: do(self, target, of="replace"))
            system.setattr(Path, "unlink", lambda self, missing_ok=False, do=counted: do(self, of="unlink"))
            if not has_links:
                system.setattr(Path, "hardlink_to", no_links)
            code = run(*command, "--overwrite")
        said = capsys.readouterr().err
        if len(done) <= at:
            break
        refused += 1
        assert code == 2
        assert "O101" in said
        assert "O131" not in said
        assert contents(out) == before, at
        assert not list(out.rglob(".lawgov-*"))
    assert refused > 8
    assert code == 0
    assert contents(out) != before
