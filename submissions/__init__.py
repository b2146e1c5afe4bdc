"""Returned workbooks, and the scripts that make the ones in this repository."""
