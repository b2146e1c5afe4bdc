"""What the terminal shows: trees, rankings, explanations, problem codes."""
