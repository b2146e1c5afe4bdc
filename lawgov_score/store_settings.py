"""Settings of Django for the store of a round: plain names, so that they can be read before Django is.

``rounds`` configures Django with them when it is first imported. Whatever adds to them (pages in a browser) configures
Django itself, with these and its own, before it imports ``rounds``. The database is set by ``rounds.data.open_data``.
"""

from typing import Any

INSTALLED_APPS: tuple[str, ...] = ("lawgov_score.rounds.apps.RoundsConfig",)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True  # moments are kept in UTC
TIME_ZONE = "Asia/Shanghai"  # in which they are shown
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
DATABASES: dict[str, Any] = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
SECRET_KEY = "no page is served with these settings"

SQLITE_OPTIONS: dict[str, Any] = {  # as measured: nothing lost where many write at once (docs/decisions/0024)
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}


def settings() -> dict[str, Any]:
    """What ``django.conf.settings.configure`` is given."""
    return {name: value for name, value in globals().items() if name.isupper() and name != "SQLITE_OPTIONS"}
