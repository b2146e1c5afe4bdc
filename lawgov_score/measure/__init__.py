"""The pure sums, each once: over columns and plain numbers, never a tree. Scoring, explanation, content call them."""
