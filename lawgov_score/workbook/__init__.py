"""The only code that opens workbooks: writes templates and scorecards, reads submissions and office workbooks."""
