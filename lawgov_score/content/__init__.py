"""The content of reports, independent of their form: who is listed, rates, losses, remarks, and shared wording.

Workbooks and pages lay this content out; wording that both need is written here only.
"""
