"""The results as HTML pages: the ranking with what belongs to it, and a card per unit; for an intranet, or paper.

Each page stands alone: style and charts are inside it, there is no script, and nothing is fetched.
"""
