"""Settings of the whole suite."""

from hypothesis import settings

# A shared machine may be slow for a second: how long an example takes says nothing about whether it is right.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
