"""A round of assessment, from notice to archive: what it remembers, and how it moves. No click, no page.

The one package whose import does something: it configures Django, where nobody has (``store_settings``), because no
model can be imported before. Needs the extra ``portal``.
"""

import django
from django.conf import settings

from lawgov_score import store_settings

if not settings.configured:
    settings.configure(**store_settings.settings())
    django.setup()
