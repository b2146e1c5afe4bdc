"""Every page of the demonstration in a real browser: at both widths, printed, by keyboard, under the policy, with axe.

Needs Debian's Chromium and chromedriver. Reaches all of ``portal/templates`` and ``portal/static``.
"""

import urllib.error
from collections.abc import Iterator

import pytest
from browser import CHROMEDRIVER, CHROMIUM, NARROW, WIDE, Browser, browser
from desk_served import Served, desk_of
from desk_walk import walk

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None or CHROMEDRIVER is None, reason="no Chromium here"),
    pytest.mark.long,
]


@pytest.fixture(scope="module", name="desk")
def fixture_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with desk_of(tmp_path_factory.mktemp("demo") / "轮次", "--demo") as served:
        served.get(served.address)
        yield served


@pytest.fixture(scope="module", name="pages")
def fixture_pages(desk: Served) -> list[str]:
    def read(address: str) -> str | None:
        try:
            with desk.opener.open(desk.base + address, timeout=60) as answer:
                is_a_page = "html" in answer.headers["Content-Type"]
                is_alone = "sandbox" in answer.headers["Content-Security-Policy"]
                is_kept = "attachment" in answer.headers.get("Content-Disposition", "")
                return answer.read().decode() if is_a_page and not is_alone and not is_kept else None
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{address}: {error.code}") from error

    found = walk(read)
    assert len(found) > 20, found
    return found


@pytest.fixture(scope="module", name="window")
def fixture_window(desk: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("window"), desk.address) as found:
        yield found


def test_no_page_is_wider_than_its_window_nor_stops_anybody(window: Browser, pages: list[str]) -> None:
    found: dict[str, list[str]] = {}
    for address in pages:
        window.width(WIDE)
        window.open(address)
        faults = [f"wide: {one}" for one in window.too_wide()]
        faults += [f"axe: {one}" for one in window.told_by_axe()]
        faults += [f"not by keyboard: {one}" for one in window.not_reached()]
        window.width(NARROW)
        faults += [f"at {NARROW}: {one}" for one in (*window.too_wide(), *window.told_by_axe())]
        faults += [f"printed: {one}" for one in window.too_wide_printed()]
        faults += [f"console: {one}" for one in window.console()]
        if faults:
            found[address] = faults
    assert not found, "\n".join(f"{address}\n  " + "\n  ".join(faults) for address, faults in found.items())


def test_every_page_prints(window: Browser, pages: list[str]) -> None:
    window.width(WIDE)
    for address in pages:
        window.open(address)
        assert window.not_printed() == [], address
        assert window.printed().startswith(b"%PDF"), address


def test_in_english_it_is_the_same(window: Browser, pages: list[str]) -> None:
    window.width(WIDE)
    window.open("/")
    window.click("English")
    assert window.driver.execute_script("return document.documentElement.lang") == "en"
    found: dict[str, list[str]] = {}
    for address in pages:
        window.width(NARROW)
        window.open(address)
        if faults := [*window.too_wide(), *window.told_by_axe(), *window.console()]:
            found[address] = faults
    assert not found, "\n".join(f"{address}\n  " + "\n  ".join(faults) for address, faults in found.items())
