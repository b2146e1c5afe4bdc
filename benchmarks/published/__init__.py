"""The five published systems: how their files become tables, and which printed figures are compared with ours.

The data are third parties' and not part of the project: see docs/published-systems.md.
"""

from benchmarks.published import freedom_house, open_budget, pefa, undp, world_justice_project
from benchmarks.published.system import Figure, Files, System, Table, read_files

SYSTEMS: tuple[System, ...] = (
    world_justice_project.SYSTEM,
    freedom_house.SYSTEM,
    undp.SYSTEM,
    pefa.SYSTEM,
    open_budget.SYSTEM,
)

__all__ = ["SYSTEMS", "Figure", "Files", "System", "Table", "read_files"]
