"""Pure arithmetic, each sum written once: over columns and numbers, never a tree. All later stages use it."""
