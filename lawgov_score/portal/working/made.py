"""Files that long work makes for somebody to keep: beside its job, by name alone, until the job is forgotten."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from lawgov_score.inside import made_safe
from lawgov_score.portal.working.task import Task
from lawgov_score.rounds import jobs
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.desk_models import Job

_MODE, _FOLDER = 0o600, 0o700


def begin_made(task: Task) -> None:
    """Takes away what a killed try of the same work has left. ``worker`` calls it before each try."""
    shutil.rmtree(jobs.made_folder(task.data, task.job), ignore_errors=True)


def keep_made(task: Task, name: str, content: bytes) -> str:
    """Keeps a file of this work, and gives the name that it has here. Raises ``CannotWriteError``."""
    path = place_made(task, name)
    task.data.disk.write(path, content, mode=_MODE)
    return path.name


def place_made(task: Task, name: str) -> Path:
    """Where a file of this work goes, for what writes it whole by itself. Raises ``CannotWriteError``."""
    return made_here(task) / made_safe(name)


def made_here(task: Task) -> Path:
    """The folder of this work's files, which is there afterwards. Raises ``CannotWriteError``."""
    folder = jobs.made_folder(task.data, task.job)
    task.data.disk.folder(folder, _FOLDER)
    return folder


def forget_earlier(task: Task) -> None:
    """Takes away what earlier work of the same act made: of what is as large as the round, the last is kept."""
    for job in jobs.of_act(task.job.act):
        if job.n < task.job.n:
            shutil.rmtree(jobs.made_folder(task.data, job), ignore_errors=True)


def made_of(data: Data, job: Job) -> Mapping[str, Path]:
    """The files that a job has made, by name, in the order of their names."""
    folder = jobs.made_folder(data, job)
    there = sorted(folder.iterdir()) if folder.is_dir() else []
    return {path.name: path for path in there if path.is_file() and not path.is_symlink()}
