"""The results as HTML pages: the ranking page, and a card page per unit; for an intranet, or for paper.

Each page is self-contained: style and charts are inside it, there is no script, and nothing is fetched.
"""
