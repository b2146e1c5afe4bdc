"""The colours of all output: one dark blue, and fills that remain distinguishable when printed in grey."""

INK = "#1F2A37"
ACCENT = "#1F4E79"
HEADER_FILL = "#DCE6F1"
INPUT_FILL = "#FFF9E5"
LOCKED_FILL = "#F3F5F7"
BAND_FILL = "#EEF3F8"
CHANGED_FILL = "#F6E3C5"  # a score that a reviewer changed
ERROR_FILL, WARNING_FILL, NOTE_FILL = "#F8CBC4", "#FFE59A", "#D5E6F7"  # cells of a copy returned to its unit
GRID = "#B7C0CB"
MUTED = "#6B7684"
GOOD = "#2E7D4F"
BAD = "#B3261E"

LOW, MIDDLE, HIGH = "#E39A5B", "#FBE9CF", "#F4F9F1"  # a scale of score rates: at 0, at 60%, at 100%
SCALE_MIDDLE = 0.6
