"""Terminal output: trees, rankings, explanations, problem codes."""
