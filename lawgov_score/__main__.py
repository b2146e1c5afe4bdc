"""``python -m lawgov_score``."""

from lawgov_score.cli import main

main()
