"""Writes the blank workbook that a unit fills in."""
