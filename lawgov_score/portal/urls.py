"""The addresses of the desk: each leads to a function of ``views``. GET shows, POST does."""

from django.urls import path

from lawgov_score.portal import answers
from lawgov_score.portal.door import page
from lawgov_score.portal.views import jobs, language, overview, review, review_entries, review_marks, submissions

urlpatterns = [
    path("", page(overview.show)),
    path("move/", page(overview.move, "POST")),
    path("submissions/", page(submissions.show)),
    path("submissions/receive/", page(submissions.receive, "POST")),
    path("jobs/<int:n>/", page(jobs.show)),
    path("jobs/<int:n>/files/<str:name>", page(jobs.file)),
    path("jobs/<int:n>/all.zip", page(jobs.all_files)),
    # review
    path("review/", page(review.show)),
    path("review/enter/", page(review.enter, "POST")),
    path("review/look/", page(review.look, "POST")),
    path("review/books/", page(review.make_books, "POST")),
    path("review/book/", page(review.book)),
    path("review/withdraw/", page(review.withdraw, "GET", "HEAD", "POST")),
    path("review/draft/", page(review.draft)),
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
