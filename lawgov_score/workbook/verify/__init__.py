"""A scorecard or a card beside what is computed anew from the files it names."""
