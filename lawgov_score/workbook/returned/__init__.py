"""A copy of a unit's workbook with its problems marked, ready to send back."""
