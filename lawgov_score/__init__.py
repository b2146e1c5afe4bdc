"""lawgov-score: scores an indicator-based assessment of rule-of-law government (法治政府建设考核)."""

__version__ = "0.4.0"
