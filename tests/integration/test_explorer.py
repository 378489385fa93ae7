"""The explorer page in a real browser: Chromium without a window, by chromedriver.

Without Chromium the tests are skipped at a desk and fail where ``CI=true``.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
import uvicorn
from report_builder import make_report
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait
from small_graph import CITY, EAST, MARKUP, WEST, report_id, small_graph

from api.app import create_app
from graph.model import ReportGraph
from graph.opening import open_store

pytestmark = pytest.mark.browser

PATIENCE = 20
"""Seconds that a slow machine may take to show something."""

QUIET = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_program(*names: str) -> str:
    found = next((p for p in map(shutil.which, names) if p), None)
    if found is None:
        message = f"none of {', '.join(names)} is installed"
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the application over the made-up reports."""
    with serving(tmp_path_factory.mktemp("explorer") / "store.kgl", small_graph()) as address:
        yield address


@contextmanager
def serving(path: Path, reports: list[ReportGraph]) -> Iterator[str]:
    """Address of the application over these reports."""
    with open_store(str(path)) as store:
        store.write(reports)
    with open_store(str(path), read_only=True) as store, socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(create_app(store), log_level="warning")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + PATIENCE
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(PATIENCE)


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = find_program("chromium", "chromium-browser", "google-chrome")
    for flag in (*QUIET, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(find_program("chromedriver")))
    yield driver
    driver.quit()


@pytest.fixture
def browser(chromium: webdriver.Chrome, site: str) -> webdriver.Chrome:
    """A fresh page, its logs empty."""
    chromium.set_window_size(1280, 900)
    chromium.get("about:blank")
    chromium.get_log("browser")
    chromium.get_log("performance")
    chromium.get(f"{site}/")
    return chromium


def wait_for(browser: webdriver.Chrome, css: str, text: str = "") -> WebElement:
    """The first element of that selector that holds the text."""

    def found(driver: webdriver.Chrome) -> WebElement | None:
        for element in driver.find_elements(By.CSS_SELECTOR, css):
            if text in element.text:
                return element
        return None

    return WebDriverWait(browser, PATIENCE, ignored_exceptions=[Exception]).until(
        found,  # type: ignore[arg-type]
        f"no {css} with {text!r}",
    )


def visit(browser: webdriver.Chrome, site: str, hash_: str) -> None:
    browser.get("about:blank")
    browser.get(f"{site}/{hash_}")


def test_explorer_typing_a_mechanism_shows_units_and_sentences(browser: webdriver.Chrome) -> None:
    field = wait_for(browser, "#mechanism")
    field.send_keys("包案")
    option = wait_for(browser, "[role=option]", "领导包案")
    assert field.get_attribute("aria-expanded") == "true"
    field.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    sentence = wait_for(browser, ".unit .quote", "领导包案全面实行")
    assert sentence.find_element(By.TAG_NAME, "mark").text == "领导包案"
    assert wait_for(browser, ".unit", "北京市西城区信访办公室")
    assert "逐年采用单位数" in str(wait_for(browser, ".timeline svg").get_attribute("aria-label"))
    assert option is not None


def test_explorer_a_sentence_leads_to_its_place_in_the_report(
    browser: webdriver.Chrome, site: str
) -> None:
    # The text begins with an emoji: offsets count code points, the browser's strings do not.
    visit(browser, site, f"#/?m={quote('领导包案')}&year=2021&level={quote('省')}")
    wait_for(browser, ".unit .quote", "建立领导包案台账").click()
    assert wait_for(browser, "mark.sentence").text == "建立领导包案台账"
    assert wait_for(browser, "a.mention.Mechanism", "领导包案")


def test_explorer_a_wording_that_is_no_name_is_marked_too(
    browser: webdriver.Chrome, site: str
) -> None:
    visit(browser, site, f"#/?m={quote('领导干部接访下访')}")
    assert wait_for(browser, ".unit mark").text == "接访下访"


def test_explorer_forms_come_from_the_questions(browser: webdriver.Chrome, site: str) -> None:
    visit(browser, site, "#/ask/reporting_chain")
    field = wait_for(browser, "#p-unit")
    field.send_keys("东城区信访办", Keys.ENTER)
    assert wait_for(browser, "td .quote", "区政府统一领导本区信访")
    visit(browser, site, "#/ask")
    assert wait_for(browser, ".catalogue", "某单位采用哪些机制")


def test_explorer_every_sentence_of_a_row_leads_into_its_report(
    browser: webdriver.Chrome, site: str
) -> None:
    visit(browser, site, f"#/ask/plans_and_results?unit={quote(EAST)}")
    assert wait_for(browser, "td .quote", "来年建立领导包案")
    wait_for(browser, "td .quote", "领导包案全面实行").click()
    assert wait_for(browser, "mark.sentence").text == "领导包案全面实行"


def test_explorer_counts_beside_mechanisms_are_units(browser: webdriver.Chrome) -> None:
    # The city's office says so in two reports: three units, four of their reports.
    chip = wait_for(browser, ".chips a", "领导包案")
    assert chip.text.split() == ["领导包案", "3"]
    count = chip.find_element(By.CSS_SELECTOR, ".count")
    assert count.get_attribute("title") == "采用单位数 units"


def test_explorer_search_marks_the_words_that_were_looked_for(
    browser: webdriver.Chrome, site: str
) -> None:
    visit(browser, site, f"#/search?q={quote('领导推行')}")
    sentence = wait_for(browser, ".quote", "推行领导包案")
    assert [m.text for m in sentence.find_elements(By.TAG_NAME, "mark")] == ["推行", "领导"]


def test_explorer_several_units_of_a_name_can_be_chosen_from(
    browser: webdriver.Chrome, site: str
) -> None:
    visit(browser, site, f"#/ask/mechanisms_of_unit?unit={quote('信访办公室')}")
    alert = wait_for(browser, "[role=alert]", "您要找的是")
    names = {a.text for a in alert.find_elements(By.TAG_NAME, "a")}
    assert names == {i.partition(":")[2] for i in (CITY, EAST, WEST)}
    alert.find_element(By.LINK_TEXT, CITY.partition(":")[2]).click()
    assert wait_for(browser, "td", "推行领导包案")


def test_explorer_unknown_names_and_empty_answers_are_said(
    browser: webdriver.Chrome, site: str
) -> None:
    visit(browser, site, f"#/?m={quote('没有的机制')}")
    assert wait_for(browser, "[role=alert]", "没有这个名称")
    wait_for(browser, "[role=alert] a", "全文检索“没有的机制”").click()
    assert wait_for(browser, "h1", "全文检索")
    visit(browser, site, f"#/?m={quote('领导包案')}&year=1999")
    assert wait_for(browser, ".notice", "没有符合条件的单位")


def test_explorer_W01_markup_in_names_and_titles_is_text(
    browser: webdriver.Chrome, site: str
) -> None:
    report = report_id(WEST, 2021)
    pages = {
        "#/": (".chips", "<img src=x"),
        f"#/?m={quote(MARKUP)}": (".unit .source", "<script>alert(1)</script>"),
        f"#/node?id={quote(WEST)}": ("td", "<img src=x"),
        f"#/report?id={quote(report)}&start=0&end=32": (".text", "<b>良好</b>"),
        f"#/search?q={quote('<img src=x onerror=alert(1)>')}": (".quote", "<img src=x"),
        f"#/?m={quote('<img src=x onerror=alert(1)>')}": ("main", "<img src=x"),
    }
    for hash_, (css, text) in pages.items():
        visit(browser, site, hash_)
        assert wait_for(browser, css, text), hash_
        assert not browser.find_elements(By.CSS_SELECTOR, "main img, main script, main b.x"), hash_
    assert not [e for e in browser.get_log("browser") if "404" not in e["message"]]


@pytest.mark.parametrize("path", ["", f"#/?m={quote('领导包案')}", "docs"])
def test_explorer_W04_no_request_leaves_the_host(
    browser: webdriver.Chrome, site: str, path: str
) -> None:
    visit(browser, site, path)
    shown = {"docs": ".opblock-tag", "": ".figures"}.get(path, ".unit")
    assert wait_for(browser, shown)
    hosts = set()
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            hosts.add(urlsplit(message["params"]["request"]["url"]).netloc)
    assert hosts - {"", "blank"} == {urlsplit(site).netloc}
    refused = [e["message"] for e in browser.get_log("browser")]
    assert not refused, "the content security policy lets the page work"


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_explorer_no_page_is_wider_than_the_window(
    browser: webdriver.Chrome, site: str, width: int
) -> None:
    with of_width(browser, width):
        for hash_, css in (
            ("#/", ".figures"),
            (f"#/?m={quote('领导包案')}", ".unit"),
            (f"#/ask/gaps_of_unit?unit={quote(EAST)}", "td"),
            (f"#/report?id={quote(report_id(CITY, 2022))}", ".text"),
        ):
            visit(browser, site, hash_)
            wait_for(browser, css)
            inner = browser.execute_script("return document.documentElement.scrollWidth")
            assert inner <= width, hash_


def test_explorer_every_field_has_a_label(browser: webdriver.Chrome, site: str) -> None:
    for hash_ in ("#/", "#/ask/units_applying_mechanism", "#/search"):
        visit(browser, site, hash_)
        wait_for(browser, "form.ask")
        bare = browser.execute_script(
            "return [...document.querySelectorAll('input,select')]"
            ".filter(e => !e.labels.length && !e.getAttribute('aria-label')).map(e => e.outerHTML)"
        )
        assert bare == []


def test_explorer_vendored_script_is_the_one_written_down() -> None:
    import hashlib

    folder = Path(__file__).parents[2] / "api" / "explorer" / "vendor" / "swagger-ui"
    sums = dict(
        reversed(line.split()) for line in (folder / "VERSION").read_text().splitlines()[2:]
    )
    assert set(sums) == {"swagger-ui-bundle.js", "swagger-ui.css"}
    for name, digest in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert "Apache License" in (folder / "LICENSE").read_text()


def test_explorer_search_goes_on_page_by_page(browser: webdriver.Chrome, tmp_path: Path) -> None:
    unit, mechanism = "agency:东湖市信访局", "mechanism:领导包案"
    said = tuple(("IMPLEMENTS", unit, mechanism, f"包案{n}件。") for n in range(120))
    with serving(tmp_path / "many.kgl", [make_report("a", said)]) as address:
        visit(browser, address, f"#/search?q={quote('包')}&kind=Passage")
        for shown, goes_on in ((50, True), (100, True), (120, False)):
            WebDriverWait(browser, PATIENCE).until(
                lambda b, n=shown: len(b.find_elements(By.CSS_SELECTOR, "li.unit")) == n
            )
            buttons = browser.find_elements(By.CSS_SELECTOR, "button.more")
            assert bool(buttons) is goes_on
            if goes_on:
                buttons[0].click()
    found = [e.text for e in browser.find_elements(By.CSS_SELECTOR, "li.unit .quote")]
    assert len(set(found)) == 120


@contextmanager
def of_width(browser: webdriver.Chrome, width: int) -> Iterator[None]:
    """A window as narrow as a phone's, which no window of a desktop is."""
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 800}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        yield
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


CHINESE_ALONE = """
const shown = (e) => e.offsetParent !== null && e.getClientRects().length;
const labels = "label,summary,dt,button,th,option,h1,h2,figcaption,.downloads a,nav a,.legend u";
return [...document.querySelectorAll(labels)]
  .filter((e) => (e.tagName === "OPTION" || shown(e)) && !e.closest("h1.name"))
  .map((e) => e.tagName === "OPTION" ? e.textContent : e.innerText)
  .filter((text) => /[\u4e00-\u9fff]/.test(text) && !/[A-Za-z]/.test(text))
"""


@pytest.mark.parametrize("width", [390, 1280])
def test_explorer_labels_have_their_english_beside_them_at_any_width(
    browser: webdriver.Chrome, site: str, width: int
) -> None:
    with of_width(browser, width):
        for hash_, css in (
            ("#/", ".figures"),
            (f"#/?m={quote('领导包案')}&year=2022", ".unit"),
            (f"#/ask/units_applying_mechanism?mechanism={quote('领导包案')}", "td"),
            (f"#/node?id={quote(EAST)}", "td"),
            ("#/search", "form"),
            (f"#/report?id={quote(report_id(CITY, 2022))}", ".legend"),
        ):
            visit(browser, site, hash_)
            wait_for(browser, css)
            alone = browser.execute_script(CHINESE_ALONE)
            # Its English is the sentence below it.
            assert [a for a in alone if a != "哪些单位采用这项机制？"] == [], hash_


def test_explorer_a_table_on_a_phone_names_its_values_in_both_languages(
    browser: webdriver.Chrome, site: str
) -> None:
    with of_width(browser, 390):
        visit(browser, site, f"#/ask/mechanism_profile?mechanism={quote('领导包案')}")
        cell = wait_for(browser, "td", "Leaders take charge of cases")
        before = "return getComputedStyle(arguments[0], '::before').content"
        assert browser.execute_script(before, cell) == '"英文名 English name"'


def test_explorer_one_year_is_written_once(browser: webdriver.Chrome, tmp_path: Path) -> None:
    unit, mechanism = "agency:东湖市信访局", "mechanism:领导包案"
    report = make_report("a", (("IMPLEMENTS", unit, mechanism, "推行领导包案。"),))
    with serving(tmp_path / "one.kgl", [report]) as address:
        visit(browser, address, "#/")
        years = wait_for(browser, ".figures li", "years").text
        visit(browser, address, f"#/?m={quote('领导包案')}")
        wait_for(browser, ".unit")
        facts = browser.find_element(By.CSS_SELECTOR, ".card .facts").text
    assert "–" not in years + facts
    assert str(report.report.properties["year"]) in years
    assert str(report.report.properties["year"]) in facts


def test_explorer_names_that_the_drawing_cuts_are_given_in_full(
    browser: webdriver.Chrome, site: str
) -> None:
    with of_width(browser, 390):
        visit(browser, site, f"#/?m={quote('领导包案')}")
        wait_for(browser, ".graph .more-names summary", "in full").click()
        links = browser.find_elements(By.CSS_SELECTOR, ".graph .more-names a")
        drawn = [e.text for e in browser.find_elements(By.CSS_SELECTOR, ".graph a text")]
        assert {e.text for e in links} >= {"北京市东城区信访办公室"}
        assert len(links) == sum(name.endswith("…") for name in drawn)
        links[0].click()
        assert wait_for(browser, ".card h1", "信访办公室")


@pytest.mark.parametrize("width", [1280, 390])
def test_explorer_draws_what_a_node_is_tied_to(
    browser: webdriver.Chrome, site: str, width: int
) -> None:
    browser.set_window_size(width, 900)
    visit(browser, site, f"#/?m={quote('领导包案')}")
    wait_for(browser, ".graph .relation", "采用单位")
    wait_for(browser, ".graph .relation", "applied by")
    names = [e.text for e in browser.find_elements(By.CSS_SELECTOR, ".graph a text")]
    assert len(names) == 4  # three units, and the regulation that it rests on
    for element in browser.find_elements(By.CSS_SELECTOR, ".graph text"):
        assert 0 <= element.rect["x"] <= element.rect["x"] + element.rect["width"] <= width
    browser.find_element(By.CSS_SELECTOR, ".graph circle.Regulation").click()
    assert wait_for(browser, ".card h1", "信访工作条例")
    assert wait_for(browser, ".graph .hub text", "信访工作条")
