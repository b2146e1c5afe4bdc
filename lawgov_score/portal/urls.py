"""The addresses of the desk: each leads to a function of ``views``. GET shows, POST does."""

from django.urls import path

from lawgov_score.portal import answers
from lawgov_score.portal.door import page
from lawgov_score.portal.views import jobs, language, objections, overview, submissions, trial

urlpatterns = [
    path("", page(overview.show)),
    path("move/", page(overview.move, "POST")),
    path("submissions/", page(submissions.show)),
    path("submissions/receive/", page(submissions.receive, "POST")),
    path("jobs/<int:n>/", page(jobs.show)),
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
handler400 = answers.not_from_here
handler500 = answers.our_fault
