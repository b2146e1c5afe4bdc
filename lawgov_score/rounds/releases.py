"""What the leader's release of a publication names, and whether a publication that was made had one."""

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem
from lawgov_score.rounds.models import Publication, Run
from lawgov_score.rounds.names import Role, RoundState
from lawgov_score.rounds.states import releases
from lawgov_score.rounds.things import place_of
from lawgov_score.wording import Words

_NOT_RELEASED = Words("公布以前没有领导同意它的记录", "no event before it says that the leader released it")
_BY_ANOTHER = Words("登记的同意人是{name}，办理记录中是{found}", "released by {name}, and by {found} as the events say")


def released_as(n: int, run: Run) -> dict[str, object]:
    """What a release of publication ``n`` names beside the round's state and version."""
    return {"publication": n, "run": run.n, "outputs": run.outputs.sha256}


def release_problem(publication: Publication) -> Problem | None:
    """R273 where nobody had released it when it was made; a leader who publishes needs no other release."""
    seat = publication.seat
    if seat is not None and seat.role == Role.LEADER:
        return None
    wanted = {"state": RoundState.PUBLISHED.value, **released_as(publication.n, publication.run)}
    named = []
    for event, after in releases(publication.round):
        is_leaders = event.seat is not None and event.seat.role == Role.LEADER
        if is_leaders and event.seq <= publication.seq and wanted.items() <= after.items():
            named.append(str(after.get("by", "")))
    if publication.released_by in named:
        return None
    found = _BY_ANOTHER(name=publication.released_by, found=named[0]) if named else _NOT_RELEASED
    return Problem(Code.R273, place_of(publication), {"found": found})
