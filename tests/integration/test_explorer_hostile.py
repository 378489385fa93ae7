"""The explorer page against those who mean no good, in a real browser."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from small_graph import MARKUP, WEST, report_id
from test_explorer import browser, chromium, site, visit, wait_for

__all__ = ["browser", "chromium", "site"]  # fixtures
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("typed", ["<svg onload=alert(1)>", '"><script>alert(1)</script>'])
def test_explorer_W02_what_an_address_says_is_shown_as_text(
    browser: webdriver.Chrome, site: str, typed: str
) -> None:
    visit(browser, site, f"?q={quote(typed)}#/?m={quote(typed)}")
    assert wait_for(browser, "main", typed)
    assert not browser.find_elements(By.CSS_SELECTOR, "main script, main svg[onload]")


def test_explorer_W05_marks_that_turn_the_writing_show(
    browser: webdriver.Chrome, site: str
) -> None:
    turned = "局访信\u202e北京市\u2066"
    visit(browser, site, f"#/?m={quote(turned)}")
    shown = wait_for(browser, "main", "局访信\ufffd北京市\ufffd")
    assert not set(shown.text) & set("\u202a\u202b\u202d\u202e\u2066\u2067")


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
