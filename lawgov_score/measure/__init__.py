"""Pure arithmetic, each sum written once: over columns and plain numbers, never a tree. Scoring, explanation, content
use it.
"""
