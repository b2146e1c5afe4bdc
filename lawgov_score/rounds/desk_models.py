"""The tables of the desk: what was pressed, and long work. They are its own memory and no part of the round.

They are in no export, no event tells of them, and `round verify` does not ask them (``models.DESK_OWN``).
"""

from django.db import models
from django.db.models import Q

from lawgov_score.rounds.names import JobState


class Posted(models.Model):
    """A form that was sent: its token, and the address that the first press led to."""

    token = models.TextField(unique=True)
    act = models.TextField()
    to = models.TextField()
    at = models.DateTimeField(db_index=True)


class Job(models.Model):
    """Long work: what is to be done for whom, how far it is, how it ended. ``outcome`` is JSON of the act's own."""

    n = models.BigAutoField(primary_key=True)
    token = models.TextField(unique=True)  # of the form that it came with
    act = models.TextField()
    values = models.JSONField(default=dict)
    files = models.IntegerField(default=0)  # how many lie in its folder until it has ended
    state = models.CharField(max_length=24, default=JobState.QUEUED.value)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)  # 0: not known yet
    outcome = models.JSONField(null=True)
    problems = models.JSONField(default=list)  # as ``two_languages.kept_problem`` has them
    worker = models.TextField(default="")  # the process that has it (``temporary.this_process``)
    tries = models.IntegerField(default=0)  # how many processes have taken it
    made_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)  # the last sign of its process
    ended_at = models.DateTimeField(null=True)
    seat = models.ForeignKey("Seat", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("n",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=[one.value for one in JobState]), name="job_state"),
        )
        indexes = (models.Index(fields=["state", "n"], name="job_state_n"),)
