"""The office's own workbooks: marks, changes, rulings, register; writes blank ones, reads filled ones."""
