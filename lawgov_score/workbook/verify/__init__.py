"""Verification: compares a scorecard or a card with one recomputed from the files it names."""
