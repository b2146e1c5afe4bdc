"""Checks of a tree's meaning, which no schema can make: one module per kind of contradiction, run by ``meaning``."""
