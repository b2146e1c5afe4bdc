"""How anything is written into a workbook: looks, pages, charts, notes, lists, the hidden manifest."""
