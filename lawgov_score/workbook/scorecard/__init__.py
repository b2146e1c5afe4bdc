"""评分表: the workbook of all scores and places, one module per sheet."""
