"""The one Django application: ``rounds``."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """The models of a round."""

    name = "lawgov_score.rounds"
    label = "rounds"
