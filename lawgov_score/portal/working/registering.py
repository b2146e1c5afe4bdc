"""The register of submissions as a workbook, and blank workbooks for units: printed of a round as it is now."""

from typing import Any

from lawgov_score import pipeline
from lawgov_score.files import temporary_folder
from lawgov_score.portal.working.made import forget_earlier, keep_made
from lawgov_score.portal.working.task import Task
from lawgov_score.report import render
from lawgov_score.rounds import jobs
from lawgov_score.rounds.printing import unit_workbooks
from lawgov_score.rounds.register import register_of_round
from lawgov_score.wording import Words

_REGISTER = Words("报送情况登记表", "register of submissions")


def register(task: Task) -> dict[str, Any]:
    """Who sent what, which counts, what is blank."""
    with task.reading() as run:
        found = register_of_round(task.data, task.round, run)
    with temporary_folder("lawgov-register-") as folder:
        path = folder / "register.xlsx"
        with pipeline.batch(overwrite=False) as together:
            pipeline.write_register(found, path, task.lang, together)
        keep_made(task, f"{render(_REGISTER, task.lang)}.xlsx", path.read_bytes())
    forget_earlier(task)
    return {"to": f"/submissions/?register={task.job.n}#register"}


def print_units(task: Task) -> dict[str, Any]:
    """A blank workbook for every unit."""
    folder = jobs.made_folder(task.data, task.job)
    written = unit_workbooks(task.data, task.round, folder, task.lang, task.watch)
    forget_earlier(task)
    return {"to": "/blanks/", "n": len(written)}
