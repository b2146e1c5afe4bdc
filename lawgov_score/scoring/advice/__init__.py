"""Advice: better answers a unit could give, what they would score, and the shortest way to its next grade."""
