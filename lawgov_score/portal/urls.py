"""The addresses of the desk: each leads to a function of ``views``. GET shows, POST does."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from lawgov_score.portal import answers
from lawgov_score.portal.door import page
from lawgov_score.portal.views import (
    amend,
    blanks,
    days,
    documents,
    jobs,
    language,
    leaves,
    moving,
    objection,
    objection_deeds,
    objection_new,
    objections,
    overview,
    publication,
    records,
    returns,
    review,
    review_entries,
    review_marks,
    submissions,
    trial,
    units,
)
from lawgov_score.rounds.plain import MOST_DIGITS


class NumberConverter(IntConverter):
    """A number as things of a round have it; a longer one leads nowhere."""

    regex = f"[0-9]{{1,{MOST_DIGITS}}}"


register_converter(NumberConverter, "number")
urlpatterns = [
    path("", page(overview.show)),
    # overview
    path("move/<str:to>/", page(moving.show)),
    path("move/<str:to>/do/", page(moving.move, "POST")),
    path("move/<str:to>/look/", page(moving.look, "POST")),
    # submissions, units
    path("submissions/", page(submissions.show)),
    path("submissions/receive/", page(submissions.receive, "POST")),
    path("submissions/settle/", page(submissions.settle, "POST")),
    path("submissions/register/", page(submissions.register, "POST")),
    path("submissions/drops/<number:n>/papers.zip", page(submissions.papers_of_drop)),
    path("submissions/<number:pk>/file", page(submissions.file)),
    path("submissions/<number:pk>/receipt", page(submissions.receipt)),
    path("submissions/<number:pk>/page", page(submissions.confirmation)),
    path("units/", page(units.show)),
    path("units/<path:code>/", page(units.one)),
    path("amend/", page(amend.show)),
    path("amend/look/", page(amend.look, "POST")),
    path("amend/in-use/<str:what>", page(amend.in_use)),
    path("amend/<number:n>/", page(amend.looked)),
    path("amend/<number:n>/confirm/", page(amend.confirm, "POST")),
    path("leaves/", page(leaves.show)),
    path("leaves/grant/", page(leaves.grant, "POST")),
    path("leaves/end/", page(leaves.end, "POST")),
    path("days/", page(days.show)),
    path("days/set/", page(days.change, "POST")),
    path("blanks/", page(blanks.show)),
    path("blanks/units/", page(blanks.print_units, "POST")),
    # returns
    path("returns/", page(returns.show)),
    path("returns/accept/", page(returns.accept, "POST")),
    path("returns/preview/", page(returns.preview, "POST")),
    path("returns/back/", page(returns.send_back, "POST")),
    path("returns/copies/", page(returns.copy_again, "POST")),
    path("returns/undo/", page(returns.take_back, "POST")),
    # records
    path("records/", page(records.show)),
    path("records/<number:seq>/", page(records.event)),
    path("records/<number:seq>/files/<str:sha256>", page(records.file)),
    path("records/<str:act>/", page(records.begin, "POST")),
    path("jobs/<number:n>/", page(jobs.show)),
    path("jobs/<number:n>/files/<str:name>", page(jobs.file)),
    path("jobs/<number:n>/all.zip", page(jobs.all_files)),
    # publication
    path("publication/", page(publication.show)),
    path("publication/prepare/", page(publication.prepare, "POST")),
    path("publication/publish/", page(publication.publish, "POST")),
    path("publication/<number:n>/", page(publication.one)),
    path("publication/<number:n>/files/<path:name>", page(publication.file)),
    path("publication/<number:n>/public/", page(publication.public_page)),
    path("publication/<number:n>/public/<path:name>", page(publication.public_page)),
    path("publication/<number:n>/zip/<str:name>", page(publication.bundle)),
    # documents
    path("documents/", page(documents.show)),
    path("documents/make/", page(documents.make, "POST")),
    path("documents/jobs/<number:n>/<str:name>", page(documents.page_of)),
    path("documents/<str:kind>/template/", page(documents.template)),
    path("documents/<str:kind>/template/use/", page(documents.use, "POST")),
    path("documents/<str:kind>/template/ours/", page(documents.use_ours, "POST")),
    # trial, objections
    path("trial/", page(trial.show)),
    path("trial/run/", page(trial.compute, "POST")),
    path("trial/effect/", page(trial.effect, "GET", "HEAD", "POST")),
    path("trial/<number:n>/unit/", page(trial.unit)),
    path("trial/<number:n>/scorecard.xlsx", page(trial.scorecard)),
    path("trial/<number:n>/tables.zip", page(trial.tables)),
    path("trial/<number:n>/cards.zip", page(trial.cards)),
    path("trial/<number:n>/<slug:name>.svg", page(trial.picture)),
    path("objections/", page(objections.show)),
    path("objections/new/", page(objection_new.new)),
    path("objections/file/", page(objection_new.file, "POST")),
    path("objections/<number:n>/", page(objection.one)),
    path("objections/<number:n>/step/", page(objection_deeds.step, "POST")),
    path("objections/<number:n>/weigh/", page(objection_deeds.weigh, "POST")),
    path("objections/<number:n>/decide/", page(objection_deeds.decide, "POST")),
    path("objections/<number:n>/tell/", page(objection_deeds.tell_unit, "POST")),
    path("objections/<number:n>/evidence/<number:k>/", page(objection.evidence)),
    # review
    path("review/", page(review.show)),
    path("review/enter/", page(review.enter, "POST")),
    path("review/look/", page(review.look, "POST")),
    path("review/books/", page(review.make_books, "POST")),
    path("review/book/", page(review.book)),
    path("review/withdraw/", page(review.withdraw, "GET", "HEAD", "POST")),
    path("review/go/", page(review_marks.go)),
    path("review/rulings/", page(review_entries.rulings, "GET", "HEAD", "POST")),
    path("review/changes/", page(review_entries.changes, "GET", "HEAD", "POST")),
    path("review/register/", page(review_entries.register, "GET", "HEAD", "POST")),
    path("review/of/<path:code>/", page(review_marks.column, "GET", "HEAD", "POST")),
    path("language/", language.choose),
    path("static/pages.css", language.style),
]
handler404 = answers.not_there
handler400 = answers.misdirected
handler500 = answers.our_fault
