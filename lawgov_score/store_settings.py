"""Settings of Django for the store of a round and for its desk: plain names, so that they can be read before Django is.

``rounds`` configures Django with them when it is first imported. What serves pages is named by its address alone and
imported when the first page is asked for, so that commands of a round load none of it. The database is set by
``rounds.data.open_data``, the secret by ``portal.serving``.
"""

from pathlib import Path
from typing import Any

INSTALLED_APPS: tuple[str, ...] = ("lawgov_score.rounds.apps.RoundsConfig",)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True  # moments are kept in UTC
TIME_ZONE = "Asia/Shanghai"  # in which they are shown
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
DATABASES: dict[str, Any] = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}

SQLITE_OPTIONS: dict[str, Any] = {  # as measured: nothing lost where many write at once (docs/decisions/0024)
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}

_PORTAL = "lawgov_score.portal"
SECRET_KEY = "no page is served with this one"
ALLOWED_HOSTS: tuple[str, ...] = ("127.0.0.1", "localhost")  # a name that leads here from elsewhere is no desk
ROOT_URLCONF = f"{_PORTAL}.urls"
APPEND_SLASH = False  # an address that is not there is not there
MIDDLEWARE: tuple[str, ...] = (f"{_PORTAL}.door.guarded", "django.middleware.csrf.CsrfViewMiddleware")
TEMPLATES: tuple[dict[str, Any], ...] = (
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": (str(Path(__file__).with_name("portal") / "templates"),),
        "OPTIONS": {"builtins": [f"{_PORTAL}.tags"]},
    },
)
CSRF_FAILURE_VIEW = f"{_PORTAL}.answers.not_from_here"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
FILE_UPLOAD_HANDLERS = ("django.core.files.uploadhandler.TemporaryFileUploadHandler",)  # never in memory
FILE_UPLOAD_TEMP_DIR: str | None = None  # set while pages are served: a folder in the data folder
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024  # of a form beside its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_NUMBER_FILES = 5_000
LOGGING: dict[str, Any] = {  # a bug of ours goes to the window in which the desk was begun
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"window": {"class": "logging.StreamHandler", "level": "ERROR"}},
    "loggers": {"django.request": {"handlers": ["window"], "level": "ERROR", "propagate": False}},
}
DESK_FOLDER = ""  # the data folder that the desk serves
DESK_KEY = ""  # what the address carries; without one nobody comes in
DESK_ONCE = ""  # in the address that the program itself opens, which others may see: good for one visit
DESK_WORKS = True  # long work is done by a process beside
DESK_COOKIE = "lawgov-desk"  # cookies of one machine are shared by all its ports: each has a name of its own
DESK_LANG = "zh"  # of those who have not chosen


def settings() -> dict[str, Any]:
    """What ``django.conf.settings.configure`` is given."""
    return {name: value for name, value in globals().items() if name.isupper() and name != "SQLITE_OPTIONS"}
