"""The tables of a round. What happened is only added; what changes has a state and a version, or an end.

Reads well from the top: the round and who is in it, what came, what the office entered, what was computed, what is
remembered. Codes of states, roles and kinds are those of ``names``. Columns of words or codes from outside have no
length: PostgreSQL refuses what is longer, and SQLite does not. The tables of the desk lie beside them and are no part
of the round (``DESK_OWN``).
"""

from enum import StrEnum
from typing import Any, NoReturn

from django.apps import apps
from django.db import models
from django.db.models import Q

from lawgov_score.rounds.clock import CLOSES
from lawgov_score.rounds.desk_models import Job, Posted
from lawgov_score.rounds.names import ObjectionState, RoundState, SubmissionState

DESK_OWN: frozenset[type[models.Model]] = frozenset({Posted, Job})  # out of exports, of events, of `round verify`
_KEEP = models.PROTECT  # nothing is deleted, and nothing goes with it


def tables_of_round() -> tuple[type[models.Model], ...]:
    """Every table of the round itself, in the order in which they stand here."""
    return tuple(one for one in apps.get_app_config("rounds").get_models() if one not in DESK_OWN)


class OnlyAddedError(Exception):
    """A bug of ours: something tried to change or delete what is only ever added."""


class AddedRows(models.QuerySet[Any]):
    """Rows that can be read and added, never changed."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise OnlyAddedError(self.model.__name__)

    def delete(self) -> NoReturn:
        """Refused."""
        raise OnlyAddedError(self.model.__name__)


class _Added(models.Model):
    """A row that is written once; another row replaces it."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Adds the row. Raises ``OnlyAddedError`` where it is there already."""
        if not self._state.adding:
            raise OnlyAddedError(type(self).__name__)
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise OnlyAddedError(type(self).__name__)


def _is_one_of(column: str, kind: type[StrEnum], name: str, *, but: tuple[StrEnum, ...] = ()) -> models.CheckConstraint:
    codes = [one.value for one in kind if one not in but]
    return models.CheckConstraint(condition=Q(**{f"{column}__in": codes}), name=name)


class File(_Added):
    """What a file holds, once; its bytes lie in ``files/`` under the sha256. ``name``: as it was first sent."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    name = models.TextField()
    kind = models.CharField(max_length=24)  # FileKind
    received_at = models.DateTimeField()
    by = models.ForeignKey("Seat", _KEEP, null=True, related_name="files")

    objects = AddedRows.as_manager()


class Round(models.Model):
    """The round of this data folder. Its state moves by ``states.move`` alone."""

    code = models.TextField(unique=True)
    year = models.IntegerField()
    title = models.TextField()
    tree = models.ForeignKey(File, _KEEP, related_name="+")  # a folder (FileKind.FOLDER)
    roster = models.ForeignKey(File, _KEEP, related_name="+")  # a .csv; a workbook is kept beside it as it was given
    weights = models.ForeignKey(File, _KEEP, null=True, related_name="+")
    previous = models.ForeignKey(File, _KEEP, null=True, related_name="+")  # last year's results, a folder
    notice = models.ForeignKey(File, _KEEP, null=True, related_name="+")  # notice.yaml, as the office gave it
    notice_told = models.ForeignKey(File, _KEEP, null=True, related_name="+")  # the same with the round's dates
    submit_by = models.DateTimeField(null=True)
    notified_at = models.DateTimeField(null=True)
    closes = models.TimeField(default=CLOSES)  # the hour at which a day of the office ends
    objection_days = models.IntegerField(default=5)  # working days
    objections_until = models.DateTimeField(null=True)
    contact = models.TextField(default="")
    visibility = models.CharField(max_length=24, default="own_card")  # what a unit sees of others: nothing
    state = models.CharField(max_length=24, default=RoundState.PREPARING.value)
    version = models.IntegerField(default=1)
    made_at = models.DateTimeField()
    seq = models.BigIntegerField(default=0)  # of the last event: the chain alone cannot tell that its end was cut off

    class Meta:
        constraints = (_is_one_of("state", RoundState, "round_state"),)


class Department(models.Model):
    """A department that leads indicators (牵头单位). Ended, never deleted."""

    code = models.TextField(unique=True)
    name = models.TextField()
    ended_at = models.DateTimeField(null=True)


class Unit(models.Model):
    """A unit that is assessed, as the roster has it; ``place``: its row there. Ended, never deleted."""

    round = models.ForeignKey(Round, _KEEP, related_name="units")
    place = models.IntegerField()
    code = models.TextField()
    name = models.TextField()
    type = models.TextField(default="")
    cohort = models.TextField(default="")
    year = models.IntegerField(null=True)
    department = models.ForeignKey(Department, _KEEP, null=True, related_name="units")
    contact = models.TextField(default="")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("place",)
        constraints = (models.UniqueConstraint(fields=["round", "code"], name="unit_code"),)


class Person(models.Model):
    """Somebody with seats. Removed: the name goes, the number and the deeds stay."""

    account = models.TextField(unique=True)
    name = models.TextField()
    telephone = models.TextField(default="")
    ended_at = models.DateTimeField(null=True)


class Seat(models.Model):
    """A person as something: of a unit, of a department, or of the office. Ended, never deleted."""

    round = models.ForeignKey(Round, _KEEP, related_name="seats")
    person = models.ForeignKey(Person, _KEEP, related_name="seats")
    role = models.CharField(max_length=24)  # Role
    unit = models.ForeignKey(Unit, _KEEP, null=True, related_name="seats")
    department = models.ForeignKey(Department, _KEEP, null=True, related_name="seats")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    granted_by = models.ForeignKey("self", _KEEP, null=True, related_name="granted")


class Submission(models.Model):
    """One try of a unit: a new row for each. Only state and version change, by ``states.move``."""

    round = models.ForeignKey(Round, _KEEP, related_name="submissions")
    unit = models.ForeignKey(Unit, _KEEP, related_name="submissions")
    n = models.IntegerField()  # of the unit, from 1
    file = models.ForeignKey(File, _KEEP, related_name="submissions")
    name = models.TextField()  # as it was sent this time
    page = models.ForeignKey(File, _KEEP, null=True, related_name="+")  # the sealed confirmation
    receipt = models.TextField()
    engine = models.CharField(max_length=40)  # version of the program that checked it
    problems = models.JSONField(default=list)  # as ``two_languages.kept_problem`` has them
    blanks = models.IntegerField(default=0)
    errors = models.IntegerField(default=0)
    warnings = models.IntegerField(default=0)
    received_at = models.DateTimeField()
    late = models.BooleanField(default=False)
    by = models.ForeignKey(Seat, _KEEP, null=True, related_name="submissions")
    state = models.CharField(max_length=24, default=SubmissionState.RECEIVED.value)
    version = models.IntegerField(default=1)

    class Meta:
        ordering = ("unit__place", "n")
        constraints = (
            models.UniqueConstraint(fields=["unit", "n"], name="submission_number"),
            _is_one_of("state", SubmissionState, "submission_state", but=(SubmissionState.NONE,)),
        )


class Evidence(_Added):
    """A document, once: a file or an address. ``Use`` says for what."""

    unit = models.ForeignKey(Unit, _KEEP, related_name="evidence")
    file = models.ForeignKey(File, _KEEP, null=True, related_name="evidence")
    address = models.TextField(default="")
    title = models.TextField()
    document_date = models.DateField(null=True)
    at = models.DateTimeField()
    seat = models.ForeignKey(Seat, _KEEP, null=True, related_name="+")

    objects = AddedRows.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(file__isnull=False) ^ ~Q(address=""), name="evidence_file_or_address"),
        )


class Use(_Added):
    """A document as evidence for one indicator of one submission."""

    evidence = models.ForeignKey(Evidence, _KEEP, related_name="uses")
    submission = models.ForeignKey(Submission, _KEEP, related_name="uses")
    indicator = models.TextField()
    page = models.TextField(default="")

    objects = AddedRows.as_manager()


class Assignment(models.Model):
    """What one seat reviews: indicators of units. ``common``: units that several reviewers mark, to compare them."""

    round = models.ForeignKey(Round, _KEEP, related_name="assignments")
    stage = models.CharField(max_length=24)  # Stage
    indicators = models.JSONField(default=list)  # codes; empty: all
    units = models.JSONField(default=list)  # codes; empty: all
    common = models.JSONField(default=list)  # codes
    seat = models.ForeignKey(Seat, _KEEP, related_name="assignments")
    due = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class OfficeBook(_Added):
    """A workbook of the office's own, entered whole. The newest under a name is in force, unless it was withdrawn."""

    round = models.ForeignKey(Round, _KEEP, related_name="office_books")
    name = models.TextField()  # in office/ of the exported folder
    n = models.IntegerField()  # of the name, from 1
    file = models.ForeignKey(File, _KEEP, related_name="office_books")
    errors = models.IntegerField(default=0)  # rows and cells that could not be used
    withdrawn = models.BooleanField(default=False)  # it only takes back the one before it, whose file it names
    at = models.DateTimeField()
    seat = models.ForeignKey(Seat, _KEEP, related_name="+")
    replaces = models.OneToOneField("self", _KEEP, null=True, related_name="replaced_by")

    objects = AddedRows.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "name", "n"], name="office_book_number"),)


class _Entered(_Added):
    """What the office entered about one indicator of one unit. A later row may replace it.

    Read from a workbook (``book``, ``place``: sheet and cell) it counts as long as that workbook is in force.
    """

    round = models.ForeignKey(Round, _KEEP, related_name="%(class)s_rows")
    unit = models.ForeignKey(Unit, _KEEP, related_name="%(class)s_rows")
    indicator = models.TextField()
    reason = models.TextField(default="")
    reviewer = models.TextField(default="")  # as the workbook names who did it
    day = models.DateField(null=True)  # as the workbook dates it
    book = models.ForeignKey(OfficeBook, _KEEP, null=True, related_name="%(class)s_rows")
    place = models.TextField(default="")
    at = models.DateTimeField()
    seat = models.ForeignKey(Seat, _KEEP, related_name="%(class)s_rows")
    replaces = models.OneToOneField("self", _KEEP, null=True, related_name="replaced_by")

    class Meta:
        abstract = True


class Mark(_Entered):
    """A reviewer's mark."""

    assignment = models.ForeignKey(Assignment, _KEEP, null=True, related_name="marks")
    value = models.FloatField(null=True)
    evidence = models.CharField(max_length=24, default="")  # Enough

    objects = AddedRows.as_manager()


class Ruling(_Entered):
    """Is 不适用 granted?"""

    granted = models.BooleanField()

    objects = AddedRows.as_manager()


class Change(_Entered):
    """A score changed on review, or by a decision."""

    old = models.FloatField(null=True)
    new = models.FloatField()
    objection = models.ForeignKey("Objection", _KEEP, null=True, related_name="changes")

    objects = AddedRows.as_manager()


class Entry(_Entered):
    """A line of the register: a bonus, a penalty, a veto, by its code (``category``); or a figure of the office's own.

    A figure has indicator and ``field`` and no category. ``text``: the matter of a line, a figure as it was written.
    """

    category = models.TextField(default="")
    level = models.TextField(default="")
    field = models.TextField(default="")
    value = models.FloatField(null=True)
    text = models.TextField(default="")

    objects = AddedRows.as_manager()


class Objection(models.Model):
    """What a unit objects to. Only state, version and who has it change, by ``states.move``."""

    round = models.ForeignKey(Round, _KEEP, related_name="objections")
    n = models.IntegerField()  # of the round, from 1
    unit = models.ForeignKey(Unit, _KEEP, related_name="objections")
    indicator = models.TextField()
    claim = models.TextField()
    wanted = models.TextField(default="")  # the figure that the unit holds to be right
    evidence = models.ForeignKey(Evidence, _KEEP, null=True, related_name="objections")
    filed_at = models.DateTimeField()
    late = models.BooleanField(default=False)
    due = models.DateTimeField(null=True)
    by = models.ForeignKey(Seat, _KEEP, null=True, related_name="filed")
    assigned_to = models.ForeignKey(Seat, _KEEP, null=True, related_name="objections")
    state = models.CharField(max_length=24, default=ObjectionState.FILED.value)
    version = models.IntegerField(default=1)

    class Meta:
        ordering = ("n",)
        constraints = (
            models.UniqueConstraint(fields=["round", "n"], name="objection_number"),
            _is_one_of("state", ObjectionState, "objection_state"),
        )


class Decision(_Added):
    """How an objection was decided, with what it did to scores and places. A later one may replace it."""

    objection = models.ForeignKey(Objection, _KEEP, related_name="decisions")
    outcome = models.CharField(max_length=24)  # Outcome
    old = models.FloatField(null=True)
    new = models.FloatField(null=True)
    reason = models.TextField()
    effect = models.JSONField(default=dict)
    at = models.DateTimeField()
    seat = models.ForeignKey(Seat, _KEEP, related_name="decisions")
    replaces = models.OneToOneField("self", _KEEP, null=True, related_name="replaced_by")

    objects = AddedRows.as_manager()


class Run(_Added):
    """One computation: what it read (``manifest``) and what it wrote (``outputs``), both folders by fingerprint."""

    round = models.ForeignKey(Round, _KEEP, related_name="runs")
    n = models.IntegerField()  # of the round, from 1
    kind = models.CharField(max_length=24)  # RunKind
    manifest = models.ForeignKey(File, _KEEP, related_name="+")
    outputs = models.ForeignKey(File, _KEEP, related_name="+")
    engine = models.CharField(max_length=40)
    seq = models.BigIntegerField()  # the last event that it knew of
    problems = models.JSONField(default=list)
    at = models.DateTimeField()
    seat = models.ForeignKey(Seat, _KEEP, related_name="+")

    objects = AddedRows.as_manager()

    class Meta:
        ordering = ("n",)
        constraints = (models.UniqueConstraint(fields=["round", "n"], name="run_number"),)


class Publication(_Added):
    """What was published, numbered; a correction is a new one."""

    round = models.ForeignKey(Round, _KEEP, related_name="publications")
    n = models.IntegerField()  # of the round, from 1
    run = models.ForeignKey(Run, _KEEP, related_name="publications")
    scope = models.CharField(max_length=24, default="public")
    fingerprint = models.CharField(max_length=64)  # sha256 of the list of outputs
    changes = models.ForeignKey(File, _KEEP, null=True, related_name="+")  # changes.csv since the last
    told = models.TextField(default="")  # what changed, for whom, why, who must be told: in words
    why = models.TextField()
    released_by = models.TextField(default="")  # the leader, by name
    seq = models.BigIntegerField()  # with ``head``: the end of the chain before it
    head = models.CharField(max_length=64)
    at = models.DateTimeField()
    seat = models.ForeignKey(Seat, _KEEP, related_name="+")

    objects = AddedRows.as_manager()

    class Meta:
        ordering = ("n",)
        constraints = (models.UniqueConstraint(fields=["round", "n"], name="publication_number"),)


class Event(_Added):
    """One deed, in a chain. ``body`` is what is hashed; the columns beside it repeat it for searching."""

    seq = models.BigIntegerField(unique=True)  # from 1, without a gap: this is the order, never the clock
    at = models.DateTimeField()
    behind = models.FloatField(default=0.0)  # seconds by which the clock was behind the event before
    seat = models.ForeignKey(Seat, _KEEP, null=True, related_name="events")
    act = models.CharField(max_length=60)
    object = models.TextField()  # kind and number: "submission 12"
    body = models.TextField()
    prev = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = AddedRows.as_manager()

    class Meta:
        ordering = ("seq",)


class Notice(models.Model):
    """Something that a unit, or the seats of a role, must be told. Only ``read_at`` changes, once."""

    round = models.ForeignKey(Round, _KEEP, related_name="notices")
    event = models.ForeignKey(Event, _KEEP, related_name="notices")
    unit = models.ForeignKey(Unit, _KEEP, null=True, related_name="notices")
    role = models.CharField(max_length=24, default="")  # Role, where it is to no unit
    about = models.TextField()  # as Event.object
    act = models.CharField(max_length=60)
    due = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(Seat, _KEEP, null=True, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=Q(unit__isnull=False) ^ ~Q(role=""), name="notice_to"),)


class Leave(_Added):
    """An exception: this unit may send until then, though the round is closed. The last one of a unit counts.

    ``after``: the number of its last try when it was given. ``for_answer``: it ends with the next one.
    """

    round = models.ForeignKey(Round, _KEEP, related_name="leaves")
    unit = models.ForeignKey(Unit, _KEEP, related_name="leaves")
    until = models.DateTimeField()
    after = models.IntegerField(default=0)
    for_answer = models.BooleanField(default=False)
    reason = models.TextField()
    at = models.DateTimeField()
    seat = models.ForeignKey(Seat, _KEEP, related_name="+")

    objects = AddedRows.as_manager()


class Holiday(models.Model):
    """A day that is not what its weekday says: a holiday (off), or a day made up for (work). The office edits these."""

    day = models.DateField(unique=True)
    kind = models.CharField(max_length=24)  # DayKind
    name = models.TextField(default="")
    source = models.TextField(default="")

    class Meta:
        ordering = ("day",)
