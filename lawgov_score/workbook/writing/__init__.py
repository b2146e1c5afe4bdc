"""Writing workbooks: looks, pages, charts, notes, lists, the hidden manifest."""
