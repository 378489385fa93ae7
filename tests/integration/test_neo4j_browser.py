"""Question files in the real Neo4j Browser, on a real server, in Chromium without a window.

Pictures go to the folder that GOVMECH_TEST_PICTURES names, else to pytest's own.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j_server import PASSWORD, NoServerError, free_port, running_server
from selenium import webdriver
from selenium.common.exceptions import TimeoutException, WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait
from small_graph import small_graph
from test_explorer import QUIET, find_program

from graph.opening import open_store
from queries.templates import QUESTIONS, read_template

pytestmark = [pytest.mark.browser, pytest.mark.neo4j]

PATIENCE = 60
"""Seconds that a slow machine may take to show something."""
TRIES = 5
PASTE = """
const clipboard = new DataTransfer();
clipboard.setData('text/plain', arguments[0]);
document.querySelector('.monaco-editor textarea').dispatchEvent(
    new ClipboardEvent('paste', {clipboardData: clipboard, bubbles: true, cancelable: true}));
"""


class Page:
    """Neo4j Browser, connected."""

    def __init__(self, driver: webdriver.Chrome, pictures: Path) -> None:
        self.driver = driver
        self.pictures = pictures
        self.wait = WebDriverWait(driver, PATIENCE)

    def find(self, selector: str) -> list[webdriver.remote.webelement.WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def connect(self, address: str) -> None:
        self.driver.get(address)
        # The form is drawn before it takes input, and drawn again while the address is read.
        wait = WebDriverWait(self.driver, PATIENCE, ignored_exceptions=[WebDriverException])
        wait.until(lambda _: self.sign_in())
        # The prompt names the database as soon as there is one.
        self.wait.until(lambda _: "neo4j$" in self.find("body")[0].text)

    def sign_in(self) -> bool:
        """Fill in the form and send it; raises WebDriverException while it takes no input."""
        for field, value in (("username", "neo4j"), ("password", PASSWORD)):
            box = self.driver.find_element(By.CSS_SELECTOR, f"[data-testid={field}]")
            box.clear()
            box.send_keys(value)
        self.driver.find_element(By.CSS_SELECTOR, "[data-testid=connect]").click()
        return True

    def run(self, text: str) -> None:
        """Paste into the editor and press Ctrl+Enter."""
        frames = len(self.find("[data-testid=frame]"))
        editor = self.find(".monaco-editor textarea")[0]
        editor.send_keys(Keys.CONTROL, "a")
        editor.send_keys(Keys.DELETE)
        self.driver.execute_script(PASTE, text)
        editor.send_keys(Keys.CONTROL, Keys.ENTER)
        self.wait.until(lambda _: len(self.find("[data-testid=frame]")) > frames)

    def first_frame_shows(self, *texts: str, seconds: float = PATIENCE) -> None:
        WebDriverWait(self.driver, seconds).until(
            lambda _: all(t in self.find("[data-testid=frame]")[0].text for t in texts),
            f"{texts} in {self.find('[data-testid=frame]')[0].text[:2000]}",
        )

    def keep(self, name: str) -> None:
        self.driver.save_screenshot(str(self.pictures / f"{name}.png"))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("neo4j-browser")
    pictures = Path(os.environ.get("GOVMECH_TEST_PICTURES") or folder / "pictures")
    pictures.mkdir(parents=True, exist_ok=True)
    options = webdriver.ChromeOptions()
    options.binary_location = find_program("chromium", "chromium-browser", "google-chrome")
    chromedriver = find_program("chromedriver")
    for argument in (*QUIET, "--window-size=1400,1000", f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(argument)
    port = free_port()
    try:
        with running_server(folder / "home", http_port=port) as url:
            with open_store(url, password=PASSWORD) as store:
                store.write(small_graph())
            driver = webdriver.Chrome(options=options, service=Service(chromedriver))
            try:
                page = Page(driver, pictures)
                page.connect(f"http://127.0.0.1:{port}/browser/?dbms={url}")
                yield page
            finally:
                driver.quit()
    except NoServerError as exc:
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(str(exc))
        pytest.skip(str(exc))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("units_applying_mechanism", "组织接访下访活动三十次"),
        ("mechanisms_of_unit", "mechanism:网上信访"),
        ("reporting_chain", "agency:北京市东城区人民政府"),
    ],
)
def test_browser_runs_a_question_as_pasted(page: Page, question: str, answer: str) -> None:
    """Whole, it sets its parameters and runs; alone, the question then shows its rows."""
    template = read_template(QUESTIONS / f"{question}.cypher")
    page.run(Path(template.path).read_text("utf-8"))
    page.first_frame_shows("MATCH (")
    page.keep(f"{question}-pasted")
    # The Browser runs one command after the other; until all are done a parameter is missing.
    for _ in range(TRIES):
        page.run(template.cypher)
        with contextlib.suppress(TimeoutException):
            page.first_frame_shows(answer, "Table", seconds=PATIENCE / TRIES)
            break
    page.first_frame_shows(answer, "Table", seconds=1)
    page.keep(question)


def test_browser_shows_rows_of_a_question_without_parameters(page: Page) -> None:
    page.run((QUESTIONS / "overview.cypher").read_text("utf-8"))
    page.first_frame_shows("Mechanism", "first_year")
    page.keep("overview")


def test_browser_draws_the_graph_with_names(page: Page) -> None:
    page.run("MATCH path = (:Agency)-[:IMPLEMENTS]->() RETURN path")
    page.first_frame_shows("领导包案")
    frame = page.find("[data-testid=frame]")[0]
    page.wait.until(lambda _: len(frame.find_elements(By.CSS_SELECTOR, "svg g.node")) >= 9)
    page.keep("graph")
