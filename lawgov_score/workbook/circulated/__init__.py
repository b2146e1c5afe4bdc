"""The table of a tree that a committee circulates: as a workbook, as a document, and read back from the workbook."""
