"""The only code that opens a workbook: templates and submissions out and in, scorecards out."""
