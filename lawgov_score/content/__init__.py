"""The content of reports, independent of its form: who is listed, rates, losses, remarks, and all shared wording.

Workbooks and pages lay this content out; wording that both need is written here only.
"""
