"""Live formulas of an indicator, a group, a place, a grade, over the cells of a card or of a scorecard."""
