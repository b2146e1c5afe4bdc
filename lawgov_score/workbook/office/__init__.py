"""The office's own workbooks: marks, changes, rulings, register; blank ones out, filled ones in."""
