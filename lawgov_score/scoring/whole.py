"""A whole scoring run: units sorted in the order of the results, the engine, what looks suspicious, blanks that pay."""

from collections.abc import Sequence
from dataclasses import replace

from lawgov_score.model import NO_REVIEW, Previous, Review, Roster, Scores, Submission, Tree
from lawgov_score.scoring.answers import columns
from lawgov_score.scoring.blanks import with_blanks
from lawgov_score.scoring.checks import far_from_the_rest, far_off_days
from lawgov_score.scoring.run import score_columns
from lawgov_score.scoring.suspicions import check_results


def score(
    tree: Tree,
    units: Roster,
    submissions: Sequence[Submission],
    review: Review = NO_REVIEW,
    previous: Previous | None = None,
) -> Scores:
    """Scores of every unit at every node.

    ``units``: who is assessed, in any order; one without a submission is listed and not scored, unless the tree asks
    nothing of it and the office has entered something. Submissions of units that are not in ``units`` are a bug of the
    caller; entries of ``review`` for other units are ignored. The result does not depend on the order of units or
    submissions.
    """
    known = [cohort.code for cohort in tree.cohorts]
    names = known + sorted({unit.cohort for unit in units} - set(known))
    place = {name: i for i, name in enumerate(names)}
    ordered = tuple(sorted(units, key=lambda unit: (place[unit.cohort], unit.code)))
    by_unit = {submission.unit.code: submission for submission in submissions}
    if unknown := set(by_unit) - {unit.code for unit in ordered}:
        raise ValueError(f"submissions of units that are not assessed: {sorted(unknown)}")
    aligned_submissions = tuple(by_unit.get(unit.code) for unit in ordered)
    scores = score_columns(
        tree, ordered, aligned_submissions, columns(tree, ordered, aligned_submissions, review), review, previous
    )
    suspicious = (
        *check_results(scores),
        *far_from_the_rest(tree, aligned_submissions, scores.answers, scores.cohorts),
        *far_off_days(tree, aligned_submissions, scores.answers, scores.years),
    )
    return with_blanks(replace(scores, problems=(*scores.problems, *suspicious)))
