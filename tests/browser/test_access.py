"""Every page, in the light and in the dark, on a phone and on a desk: for everybody, and nothing sideways."""

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.urls import URLPattern, get_resolver, resolve, reverse
from playwright.sync_api import Page, expect

from config import urls
from documents.demo.office import PASSWORD
from tests.accounts import door
from tests.browser.conftest import FAILED, SCREENSHOTS
from tests.browser.kit.copies import copy_in_use
from tests.browser.kit.furniture import PROTECTED, furnish, second_factors
from tests.browser.kit.pages import CLOSED_TO_ALL, ELSEWHERE, FORMS, HALF_WAY, KEYS, PAGES, STRANGER, person, waiting
from tests.browser.kit.steps import nothing_sideways, press
from tests.browser.kit.watch import Watch
from tests.trial import TRIAL

AXE = {"preload": False, "resultTypes": ["violations"]}  # its preload would write styles into the page
# Ours are OKLCH, and axe converts each anew for every element and layer: once a colour is most of its time saved.
EACH_COLOUR_ONCE = """(() => {
  const colours = axe.commons.color.Color.prototype, parse = colours.parseString, known = new Map()
  colours.parseString = function (text) {
    if (!known.has(text)) {
      const {r, g, b, alpha} = parse.call(this, text)
      known.set(text, {r, g, b, alpha})
    }
    return Object.assign(this, known.get(text))
  }
})()"""
LOOKS = {"light": AXE, "dark": AXE | {"runOnly": ["color-contrast"]}}  # the dark changes nothing but colours
WIDTHS = {"phone": (360, 780), "tablet": (768, 1024), "desk": (1440, 900)}
LAID_OUT = {"phone": ("light", "dark"), "desk": ("light",)} if TRIAL else {"phone": ("light",)}  # widths share colours
SENDS = "main form[method=post] button[data-kind=primary]:visible"
ERRORS = ("400.html", "403.html", "403_csrf.html", "413.html", "429.html", "500.html")


@pytest.fixture(scope="module")
def furnished(server):
    """Nothing in these tests changes what another looks at, so one office is enough."""
    with copy_in_use("furnished"):
        furnish()
        yield


class Windows:
    """One window a person, signed in once."""

    def __init__(self, browser, url: str):
        self.browser, self.url, self.watch, self.pages = browser, url, Watch(), {}

    def of(self, who: str) -> Page:
        if who not in self.pages:
            context = self.browser.new_context(base_url=self.url, locale="vi-VN")
            self.watch.over(context)
            if who != STRANGER:
                value = signed_in(who).cookies[settings.SESSION_COOKIE_NAME].value
                context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.url}])
            self.pages[who] = context.new_page()
        width, height = WIDTHS["desk"]
        self.pages[who].set_viewport_size({"width": width, "height": height})  # whatever the test before has left
        return self.pages[who]


def signed_in(who: str) -> Client:
    if who == KEYS:
        return second_factors()
    client = Client()
    door.sign_in(client, PROTECTED if who == HALF_WAY else who, PASSWORD)
    if who != HALF_WAY:
        door.confirm(client, PASSWORD)  # what guards an account asks once more
    return client


@pytest.fixture(scope="module")
def windows(browser, server, furnished):
    opened = Windows(browser, server.url)
    opened.of(KEYS)  # before anybody is half-way: only now are there two steps
    yield opened
    for page in opened.pages.values():
        page.context.close()


@pytest.fixture
def window(request, windows):
    """The window of a person; what it complains of fails the test, and what it showed then is kept."""
    windows.watch.complaints.clear()
    yield windows.of
    if request.node.stash.get(FAILED, False):
        name = re.sub(r"[^\w.-]+", "-", request.node.name)
        for who, page in windows.pages.items():
            page.screenshot(path=SCREENSHOTS / f"{name}-{who}.png", full_page=True)
    assert windows.watch.complaints == []


def assert_good_for_everybody(page: Page) -> None:
    page.evaluate(AXE_SCRIPT)
    page.evaluate(EACH_COLOUR_ONCE)
    for name, (width, height) in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        nothing_sideways(page)
        for scheme in LAID_OUT.get(name, ()):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = page.evaluate("asked => axe.run(document, asked)", LOOKS[scheme])["violations"]
            assert found == [], f"{scheme}, {width} px wide\n" + "\n".join(told(it) for it in found)


def told(violation) -> str:
    nodes = [f"{node['target']} {node['html'][:120]} {node['failureSummary']}" for node in violation["nodes"]]
    return "\n".join([violation["id"], *nodes[:4]])


def by_person(pages: dict) -> list:
    return sorted(pages, key=lambda name: pages[name][0])


@pytest.mark.parametrize("name", by_person(PAGES))
def test_page(name, window):
    who, address = PAGES[name]
    page, asked = window(who), address()
    page.goto(asked)
    expect(page).to_have_url(re.compile(re.escape(asked) + "$"))  # not led to the door, nor anywhere else
    assert_good_for_everybody(page)


@pytest.mark.parametrize("name", by_person(FORMS))
def test_form(name, window):
    """As it opens, and as it comes back with its faults when it is sent empty."""
    who, address = FORMS[name]
    page = window(who)
    page.goto(address())
    assert_good_for_everybody(page)
    press(page.locator(SENDS).first)
    expect(page.get_by_role("alert").first).to_be_visible()
    assert_good_for_everybody(page)


def test_sign_in_refused(window):
    page = window(STRANGER)
    page.goto(reverse("account_login"))
    page.locator("[name=login]").fill("cd007.2")
    page.locator("[name=password]").fill("không phải")
    press(page.locator(SENDS).first)
    expect(page.get_by_role("alert")).to_be_visible()
    assert_good_for_everybody(page)


@pytest.mark.parametrize("template", ERRORS)
def test_error_page(template, window):
    page = window(STRANGER)
    page.goto(reverse("account_login"))
    page.route("**/broken/", lambda route: route.fulfill(content_type="text/html", body=render_to_string(template)))
    page.goto("/broken/")
    assert_good_for_everybody(page)


def test_a_contrast_too_low_is_found(window):
    """A grey for lines and edges, given to words: axe still sees with its colours kept."""
    page = window(STRANGER)
    page.goto(reverse("account_login"))
    assert_good_for_everybody(page)
    page.evaluate("document.querySelector('main label').style.color = 'var(--edge)'")
    with pytest.raises(AssertionError, match="color-contrast"):
        assert_good_for_everybody(page)


def addresses(patterns, space=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
        elif pattern.app_name != "admin":
            yield from addresses(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)


def test_no_page_is_left_out(furnished):
    """An address that is neither looked at here nor named as no page fails."""
    looked_at = {
        resolve(address().partition("?")[0]).view_name
        for _who, address in [*PAGES.values(), *FORMS.values()]
        if address() != "/khong-co/"
    }
    named = set(addresses(get_resolver(urls).url_patterns)) - {"None"}
    assert named - looked_at - CLOSED_TO_ALL == set(ELSEWHERE)


def test_result_of_a_bulk_decision(office, enter):
    page = enter("chuyenvien2")
    for ref in waiting():
        page.goto(reverse("workflow:dossier", args=[ref]))
    page.goto(reverse("workflow:bulk", args=["review"]) + "?" + "&".join(f"dossier={ref}" for ref in waiting()))
    for item in page.locator("[name^=affirmed-]").all():
        item.check()
    press(page.locator("button[form=batch]"))
    expect(page.locator("main .task")).not_to_have_count(0)
    assert_good_for_everybody(page)


def test_a_one_time_password(office, sign_in):
    page = sign_in("quantri")
    page.goto(reverse("administration:person-security", args=[person("cd003.1")()]))
    page.locator("main [name=note]").fill("Quên mật khẩu.")
    press(page.locator("main button[formaction$='/password/']"))
    expect(page.locator("main code")).to_be_visible()
    assert_good_for_everybody(page)
