"""A real browser at the desk: Debian's Chromium, driven as a clerk's hands would; one or two at a time, nothing kept.

Only acceptance starts one. What is wider than the window, messages on the console and faults that axe finds are lists,
so that a test names them all at once.
"""

import base64
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException, WebDriverException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select

CHROMIUM, CHROMEDRIVER = shutil.which("chromium"), shutil.which("chromedriver")
WIDE, NARROW = 1280, 390
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--lang=zh-CN",
)
_PATIENCE = 60.0  # seconds for a page, on a machine that is busy
_A4 = 717  # pixels of its width within Chromium's margins
_ON_PAGE = "return document.readyState === 'complete'"
_TOO_WIDE = """
const wide = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth <= wide) return [];
const within = node => { for (let up = node.parentElement; up; up = up.parentElement)
  if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(up).overflowX)) return true; return false; };
return [...document.body.querySelectorAll('*')]
  .filter(one => one.getBoundingClientRect().right > wide + 1 && !within(one))
  .map(one => one.tagName.toLowerCase() + '.' + one.className + ': ' + (one.textContent || '').trim().slice(0, 40))
  .concat(['the page is ' + document.documentElement.scrollWidth + ' px wide']);
"""
_TABLES = """
return [...document.querySelectorAll('main table')].filter(one => one.checkVisibility() && !one.closest('.noprint'))
  .map(one => one.textContent.trim().slice(0, 60));
"""
_FOUND_BY_AXE = """
const done = arguments[arguments.length - 1];
axe.run({resultTypes: ['violations']}).then(found => done(found.violations
  .filter(one => ['serious', 'critical'].includes(one.impact))
  .map(one => one.id + ': ' + one.nodes.map(node => node.target.join(' ')).slice(0, 4).join(' | '))))
  .catch(error => done(['axe: ' + error]));
"""
_CONTROLS = """
return [...document.querySelectorAll('form input, form select, form textarea, form button')].filter(one =>
  one.type !== 'hidden' && !one.disabled && one.checkVisibility({visibilityProperty: true}) &&
  (one.type !== 'radio' || one.checked || !one.form.querySelector(`[name="${one.name}"]:checked`)));
"""
_TOGETHER = 800.0  # milliseconds until two windows press
_PRESS_AT = "const [one, at] = arguments; setTimeout(() => one.click(), at - Date.now())"
_FOCUSED = "return document.activeElement === document.body ? null : document.activeElement"


class Browser:
    """One window. ``base``: the address of the desk, without a slash at its end; ``downloads``: where files arrive."""

    def __init__(self, driver: Chrome, base: str, downloads: Path) -> None:
        self.driver, self.base, self.downloads = driver, base, downloads

    def width(self, pixels: int) -> None:
        """How wide the window is, narrower than a window of this machine may be."""
        size = {"width": pixels, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def open(self, address: str) -> None:
        """A page of the desk, whole."""
        self.driver.get(self.base + address)
        self._whole()

    def text(self) -> str:
        """What the page shows in its main part."""
        return self.driver.find_element(By.TAG_NAME, "main").text

    @property
    def at(self) -> str:
        """The address of the page, within the desk."""
        return self.driver.current_url.removeprefix(self.base)

    def control(self, said: str) -> WebElement:
        """The first button or link that says this and can be seen: of the main part, or of the language."""
        for one in self.driver.find_elements(By.CSS_SELECTOR, "main button, main a, main summary, form.lang button"):
            if one.is_displayed() and one.text.strip() == said:
                return one
        raise NoSuchElementException(f"{said!r} on {self.at}: {self.text()[:1500]}")

    def click(self, said: str, *, by_keyboard: bool = False) -> None:
        """Presses what says this, and waits for what it leads to: of long work, for the page of its results."""
        one, page = self.control(said), self.driver.find_element(By.TAG_NAME, "html")
        if by_keyboard:
            self.reach(one)
            ActionChains(self.driver).send_keys(Keys.ENTER).perform()
        else:
            one.click()
        self._come(page)

    def _come(self, page: WebElement) -> None:
        self._gone(page)
        self._whole()
        self._worked()

    def unfold(self, said: str) -> None:
        """Opens a part of the page that is folded."""
        self.control(said).click()

    def field(self, label: str) -> WebElement:
        """The field that a label belongs to, by the beginning of what the label says."""
        for one in self.driver.find_elements(By.TAG_NAME, "label"):
            if one.is_displayed() and one.text.strip().startswith(label):
                if (of := one.get_attribute("for")) is not None:
                    return self.driver.find_element(By.ID, of)
                return one.find_element(By.CSS_SELECTOR, "input, select, textarea")
        raise NoSuchElementException(f"no label {label!r} on {self.at}: {self.text()[:1500]}")

    def fill(self, label: str, value: str) -> None:
        """Types into a field, in place of what stands there."""
        one = self.field(label)
        if str(one.get_attribute("type")).startswith(("date", "time")):  # its keys are those of the machine's language
            self.driver.execute_script("arguments[0].value = arguments[1]", one, value)
            return
        one.clear()
        one.send_keys(value)

    def fill_each(self, names: str, value: str) -> None:
        """Types the same into every field of a table whose name begins so."""
        found = self.driver.find_elements(By.CSS_SELECTOR, f"main [name^='{names}']")
        assert found, f"no fields {names} on {self.at}"
        for one in found:
            one.clear()
            one.send_keys(value)

    def choose(self, label: str, option: str) -> None:
        """Takes what begins so of a list of choices; of buttons of a radio, the one that the label names."""
        one = self.field(label)
        if one.tag_name != "select":
            one.click()
            return
        self._choose(one, option)

    def choose_each(self, names: str, option: str) -> None:
        """The same in every list of a table whose name begins so."""
        found = self.driver.find_elements(By.CSS_SELECTOR, f"main select[name^='{names}']")
        assert found, f"no lists {names} on {self.at}"
        for one in found:
            self._choose(one, option)

    def _choose(self, of: WebElement, option: str) -> None:
        found = next(one for one in Select(of).options if one.text.strip().startswith(option))
        found.click()

    def drop(self, label: str, paths: Iterable[Path]) -> None:
        """Puts files into the field of a label."""
        self.field(label).send_keys("\n".join(str(path) for path in paths))

    def reach(self, wanted: WebElement, most: int = 400) -> None:
        """Goes to something by the Tab key alone, from the top of the page."""
        self.driver.execute_script("document.activeElement.blur(); window.getSelection().removeAllRanges()")
        for _ in range(most):
            ActionChains(self.driver).send_keys(Keys.TAB).perform()
            if self.driver.execute_script("return document.activeElement === arguments[0]", wanted):
                return
        raise AssertionError(f"the Tab key does not come to {wanted.text or wanted.get_attribute('name')} on {self.at}")

    def not_reached(self) -> list[str]:
        """Fields and buttons of forms, seen on the page, that the Tab key does not come to.

        Of radio buttons of one name it comes to one; arrow keys go on from there.
        """
        every = self.driver.execute_script(_CONTROLS)
        wanted = {one.id: one for one in every}
        first: str | None = None
        self.driver.execute_script("document.activeElement.blur(); window.getSelection().removeAllRanges()")
        while wanted:
            ActionChains(self.driver).send_keys(Keys.TAB).perform()
            now = self.driver.execute_script(_FOCUSED)
            if now is None or now.id == first:  # round once
                break
            first = first or now.id
            wanted.pop(now.id, None)
        grouped = {one.get_attribute("name") for one in every if one.id not in wanted and _is_radio(one)}
        left = [one for one in wanted.values() if not (_is_radio(one) and one.get_attribute("name") in grouped)]
        return [str(one.get_attribute("outerHTML"))[:160] for one in left]

    def too_wide(self) -> list[str]:
        """What stands out to the right, where the page has to be scrolled sideways."""
        found: list[str] = self.driver.execute_script(_TOO_WIDE)
        return found

    def too_wide_printed(self) -> list[str]:
        """The same of the page as it is printed on A4."""
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        self.width(_A4)
        try:
            return self.too_wide()
        finally:
            self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})

    def not_printed(self) -> list[str]:
        """Tables that are seen and that paper would not have."""
        seen: list[str] = self.driver.execute_script(_TABLES)
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        try:
            printed = self.driver.execute_script(_TABLES)
        finally:
            self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
        return [one for one in seen if one not in printed]

    def printed(self) -> bytes:
        """The page as PDF."""
        return base64.b64decode(self.driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": False})["data"])

    def told_by_axe(self) -> list[str]:
        """What axe calls serious or critical."""
        if not self.driver.execute_script("return 'axe' in window"):
            self.driver.execute_script(files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
        found: list[str] = self.driver.execute_async_script(_FOUND_BY_AXE)
        return found

    def console(self) -> list[str]:
        """What the browser complained of since it was asked last: a policy broken, a file that is not there."""
        return [
            one["message"]
            for one in self.driver.execute("getLog", {"type": "browser"})["value"]
            if one["level"] != "INFO"
        ]

    def download(self, said: str) -> tuple[str, bytes]:
        """Presses what hands out a file; its name and what is in it, when all of it has come."""
        self.control(said).click()
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            found = [one for one in self.downloads.iterdir() if not one.name.startswith(".")]
            if found and not any(one.suffix == ".crdownload" for one in found):
                (arrived,) = found
                content = arrived.read_bytes()
                arrived.unlink()
                return arrived.name, content
            time.sleep(0.1)
        raise AssertionError(f"{said}: nothing arrived; there is {sorted(self.downloads.iterdir())}")

    def _whole(self) -> None:
        self._until(lambda: bool(self.driver.execute_script(_ON_PAGE)), "the page is not whole")

    def _gone(self, page: WebElement) -> None:
        def gone() -> bool:
            try:
                return page.tag_name != "html"
            except StaleElementReferenceException:
                return True
            except WebDriverException as error:
                if "does not belong to the document" in str(error):  # asked while the other page was coming
                    return True
                raise

        self._until(gone, "nothing followed")

    def _worked(self) -> None:
        self._until(
            lambda: not self.at.startswith("/jobs/") or self._has_failed(), "the work did not end", 5 * _PATIENCE
        )
        self._whole()

    def _is_at_work(self) -> bool:
        return self.at.startswith("/jobs/")

    def _has_failed(self) -> bool:
        return bool(self.driver.find_elements(By.CSS_SELECTOR, "main .box.bad"))

    def _until(self, holds: Callable[[], bool], else_: str, seconds: float = _PATIENCE) -> None:
        until = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < until, f"{else_} at {self.at}: {self.text()[:1500]}"
            time.sleep(0.05)


def click_at_once(windows: Sequence[Browser], *said: str) -> None:
    """Each window presses what says its own of ``said`` (or the only one), all within a millisecond; waits for all."""
    pressed = said if len(said) > 1 else said * len(windows)
    found = [one.control(name) for one, name in zip(windows, pressed, strict=True)]
    pages = [one.driver.find_element(By.TAG_NAME, "html") for one in windows]
    at = 1000 * time.time() + _TOGETHER
    for window, one in zip(windows, found, strict=True):
        window.driver.execute_script(_PRESS_AT, one, at)
    for window, page in zip(windows, pages, strict=True):
        window._come(page)


def _is_radio(one: WebElement) -> bool:
    return one.get_attribute("type") == "radio"


@contextmanager
def browser(folder: Path, address: str, *, width: int = WIDE, more: Sequence[str] = ()) -> Iterator[Browser]:
    """A window of its own, with the key of ``address``; all that it keeps is in ``folder``."""
    downloads = folder / "downloads"
    downloads.mkdir(parents=True)
    options = ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*_FLAGS, f"--user-data-dir={folder / 'profile'}", *more):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = Chrome(options=options, service=Service(str(CHROMEDRIVER)))
    try:
        driver.set_page_load_timeout(_PATIENCE)
        driver.set_script_timeout(_PATIENCE)
        found = Browser(driver, address.partition("/?")[0], downloads)
        found.width(width)
        driver.get(address)
        yield found
    finally:
        driver.quit()
