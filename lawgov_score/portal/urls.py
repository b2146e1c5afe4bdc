"""The addresses of the desk: each leads to a function of ``views``. GET shows, POST does."""

from django.urls import path

from lawgov_score.portal import answers
from lawgov_score.portal.door import page
from lawgov_score.portal.views import jobs, language, overview, submissions

urlpatterns = [
    path("", page(overview.show)),
    path("move/", page(overview.move, "POST")),
    path("submissions/", page(submissions.show)),
    path("submissions/receive/", page(submissions.receive, "POST")),
    path("jobs/<int:n>/", page(jobs.show)),
    path("jobs/<int:n>/files/<str:name>", page(jobs.file)),
    path("jobs/<int:n>/all.zip", page(jobs.all_files)),
    path("language/", language.choose),
    path("static/pages.css", language.style),
]
handler404 = answers.not_there
handler400 = answers.misdirected
handler500 = answers.our_fault
