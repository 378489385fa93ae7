"""The explorer page against those who mean no good, in a real browser."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import pytest
import uvicorn
from report_builder import make_report
from selenium import webdriver
from selenium.webdriver.common.by import By
from small_graph import MARKUP, WEST, report_id, small_graph
from test_explorer import PATIENCE, browser, chromium, visit, wait_for

from api.app import create_app
from api.commands.serving import server_config
from graph.opening import open_store

__all__ = ["browser", "chromium"]  # fixtures
pytestmark = pytest.mark.browser

TURNED = "mechanism:局访信\u202e北京市\u2066机制"
"""A name that reads as another where the browser obeys its marks."""
TURNING = set("\u202a\u202b\u202d\u202e\u2066\u2067")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the application over the made-up reports and a hostile one."""
    path = str(tmp_path_factory.mktemp("hostile") / "store.kgl")
    unit = "agency:东湖市信访局"
    clause = f"推行{TURNED.partition(':')[2]}"
    with open_store(path) as store:
        store.write(small_graph())
        store.write([make_report("hostile", (("IMPLEMENTS", unit, TURNED, clause),), unit=unit)])
    listener = socket.create_server(("127.0.0.1", 0))
    with open_store(path, read_only=True) as store:
        server = uvicorn.Server(server_config(create_app(store)))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + PATIENCE
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(PATIENCE)


@pytest.mark.parametrize("typed", ["<svg onload=alert(1)>", '"><script>alert(1)</script>'])
def test_explorer_W02_what_an_address_says_makes_no_element(
    browser: webdriver.Chrome, site: str, typed: str
) -> None:
    sent = quote(typed)
    for hash_, css in (
        (f"?q={sent}#/?m={sent}", "[role=alert]"),
        (f"#/node?id={sent}", "[role=alert]"),
        (f"#/search?q={sent}", ".answer *"),
        (f"#/ask/evidence?source={sent}", "main form"),
    ):
        visit(browser, site, hash_)
        assert wait_for(browser, css)
        assert not browser.find_elements(By.CSS_SELECTOR, "main script, main svg[onload]"), hash_


def test_explorer_W05_marks_that_turn_the_writing_show(
    browser: webdriver.Chrome, site: str
) -> None:
    for hash_ in (f"#/?m={quote(TURNED)}", f"#/search?q={quote('局访信')}"):
        visit(browser, site, hash_)
        assert wait_for(browser, "main", "局访信\ufffd北京市\ufffd机制")
        text = browser.execute_script("return document.body.textContent")
        assert not set(text) & TURNING, hash_


def test_explorer_W07_links_stay_on_the_host(browser: webdriver.Chrome, site: str) -> None:
    for hash_, css in (
        ("#/", ".figures"),
        (f"#/?m={quote(MARKUP)}", ".unit"),
        (f"#/node?id={quote(WEST)}", "td"),
        (f"#/report?id={quote(report_id(WEST, 2021))}", ".text"),
        (f"#/search?q={quote('领导包案')}", ".quote"),
    ):
        visit(browser, site, hash_)
        wait_for(browser, css)
        links = browser.execute_script("return [...document.links].map((a) => a.href)")
        assert links
        assert {urlsplit(link)[:2] for link in links} == {("http", urlsplit(site).netloc)}, hash_
