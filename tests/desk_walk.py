"""Every page of a desk, by following its links; of pages of one kind the first few."""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable
from urllib.parse import parse_qsl, urljoin, urlsplit

from lawgov_score.portal.places import PLACES

_A_LINK = re.compile(r"""<a\s[^>]*?href=["']([^"'#]+)""")
_UNIT_PAGES = re.compile(r"^(/units|/review/of)/.+/$")
_MOST = 2  # of one kind


def kind_of(address: str) -> str:
    """What pages that differ in their numbers, units and what is looked for have in common."""
    parts = urlsplit(address)
    path = _UNIT_PAGES.sub(r"\1/*/", re.sub(r"\d+", "#", parts.path))
    return f"{path}?{'&'.join(sorted({key for key, _ in parse_qsl(parts.query, keep_blank_values=True)}))}"


def links_in(page: str) -> list[str]:
    """Where a page leads, within the desk."""
    return [found for one in _A_LINK.findall(page) if (found := one.replace("&amp;", "&")).startswith(("/", "?"))]


def walk(read: Callable[[str], str | None], begin: Iterable[str] = (), most: int = _MOST) -> list[str]:
    """All pages, in the order in which they are found. ``read``: gives what a page is; None: it is no page."""
    waiting, seen, kinds, found = deque([*begin, *(one.address for one in PLACES)]), set[str](), Counter[str](), []
    while waiting:
        address = waiting.popleft()
        if address in seen or kinds[kind_of(address)] >= most:
            continue
        seen.add(address)
        kinds[kind_of(address)] += 1
        page = read(address)
        if page is not None:
            found.append(address)
            waiting += [urljoin(address, one) for one in links_in(page)]
    return found
