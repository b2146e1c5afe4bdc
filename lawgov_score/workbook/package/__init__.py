"""A workbook as a file: whether it is safe to open, what it is made of, and its cells as rows of plain values."""
