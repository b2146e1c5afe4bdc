"""The addresses of the desk: each leads to a function of ``views``. GET shows, POST does."""

from django.urls import path

from lawgov_score.portal import answers
from lawgov_score.portal.door import page
from lawgov_score.portal.views import (
    amend,
    blanks,
    days,
    jobs,
    language,
    leaves,
    moving,
    overview,
    returns,
    submissions,
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
    path("amend/in-use/<str:what>", page(amend.in_use)),
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
    path("jobs/<int:n>/", page(jobs.show)),
    path("jobs/<int:n>/files/<str:name>", page(jobs.file)),
    path("jobs/<int:n>/all.zip", page(jobs.all_files)),
    path("language/", language.choose),
    path("static/pages.css", language.style),
]
handler404 = answers.not_there
handler400 = answers.misdirected
handler500 = answers.our_fault
