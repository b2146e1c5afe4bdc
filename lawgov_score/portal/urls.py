"""The addresses of the desk: each leads to a function of ``views``. GET shows, POST does."""

from django.urls import path

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
    objections,
    overview,
    publication,
    records,
    returns,
    submissions,
    trial,
    units,
)

urlpatterns = [
    path("", page(overview.show)),
    # overview
    path("move/<str:to>/", page(moving.show)),
    path("move/<str:to>/do/", page(moving.move, "POST")),
    path("move/<str:to>/look/", page(moving.look, "POST")),
    # submissions, units
    path("submissions/", page(submissions.show)),
    path("submissions/receive/", page(submissions.receive, "POST")),
    path("submissions/register/", page(submissions.register, "POST")),
    path("submissions/drops/<int:n>/papers.zip", page(submissions.papers_of_drop)),
    path("submissions/<int:pk>/file", page(submissions.file)),
    path("submissions/<int:pk>/receipt", page(submissions.receipt)),
    path("submissions/<int:pk>/page", page(submissions.confirmation)),
    path("units/", page(units.show)),
    path("units/<path:code>/", page(units.one)),
    path("amend/", page(amend.show)),
    path("amend/look/", page(amend.look, "POST")),
    path("amend/<int:n>/", page(amend.looked)),
    path("amend/<int:n>/confirm/", page(amend.confirm, "POST")),
    path("leaves/", page(leaves.show)),
    path("leaves/grant/", page(leaves.grant, "POST")),
    path("leaves/end/", page(leaves.end, "POST")),
    path("days/", page(days.show)),
    path("days/set/", page(days.change, "POST")),
    path("blanks/", page(blanks.show)),
    path("blanks/units/", page(blanks.print_units, "POST")),
    path("blanks/office/", page(blanks.print_office, "POST")),
    # returns
    path("returns/", page(returns.show)),
    path("returns/accept/", page(returns.accept, "POST")),
    path("returns/preview/", page(returns.preview, "POST")),
    path("returns/back/", page(returns.send_back, "POST")),
    path("returns/copies/", page(returns.copy_again, "POST")),
    path("returns/undo/", page(returns.take_back, "POST")),
    # records
    path("records/", page(records.show)),
    path("records/<int:seq>/", page(records.event)),
    path("records/<int:seq>/files/<str:sha256>", page(records.file)),
    path("records/<str:act>/", page(records.begin, "POST")),
    path("jobs/<int:n>/", page(jobs.show)),
    path("jobs/<int:n>/files/<str:name>", page(jobs.file)),
    path("jobs/<int:n>/all.zip", page(jobs.all_files)),
    # publication
    path("publication/", page(publication.show)),
    path("publication/prepare/", page(publication.prepare, "POST")),
    path("publication/publish/", page(publication.publish, "POST")),
    path("publication/<int:n>/", page(publication.one)),
    path("publication/<int:n>/files/<path:name>", page(publication.file)),
    path("publication/<int:n>/public/", page(publication.public_page)),
    path("publication/<int:n>/public/<path:name>", page(publication.public_page)),
    path("publication/<int:n>/zip/<str:name>", page(publication.bundle)),
    # documents
    path("documents/", page(documents.show)),
    path("documents/make/", page(documents.make, "POST")),
    path("documents/jobs/<int:n>/<str:name>", page(documents.page_of)),
    path("documents/<str:kind>/template/", page(documents.template)),
    path("documents/<str:kind>/template/use/", page(documents.use, "POST")),
    path("documents/<str:kind>/template/ours/", page(documents.use_ours, "POST")),
    # trial, objections
    path("trial/", page(trial.show)),
    path("trial/run/", page(trial.compute, "POST")),
    path("trial/effect/", page(trial.effect, "GET", "HEAD", "POST")),
    path("trial/<int:n>/unit/", page(trial.unit)),
    path("trial/<int:n>/scorecard.xlsx", page(trial.scorecard)),
    path("trial/<int:n>/tables.zip", page(trial.tables)),
    path("trial/<int:n>/cards.zip", page(trial.cards)),
    path("trial/<int:n>/<slug:name>.svg", page(trial.picture)),
    path("objections/", page(objections.show)),
    path("objections/new/", page(objections.new)),
    path("objections/file/", page(objections.file, "POST")),
    path("objections/<int:n>/", page(objections.one)),
    path("objections/<int:n>/step/", page(objections.step, "POST")),
    path("objections/<int:n>/weigh/", page(objections.weigh, "POST")),
    path("objections/<int:n>/decide/", page(objections.decide, "POST")),
    path("objections/<int:n>/evidence/<int:k>/", page(objections.evidence)),
    path("language/", language.choose),
    path("static/pages.css", language.style),
]
handler404 = answers.not_there
handler400 = answers.misdirected
handler500 = answers.our_fault
