"""Chromium before a live server, over the demonstration: loaded once, copied for whoever is going to change it."""

import io
import os
import re
import shutil

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import Client, override_settings
from playwright.sync_api import Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from documents.demo.office import PASSWORD
from tests.browser.kit.copies import copy_in_use
from tests.browser.kit.watch import Watch

SCREENSHOTS = settings.VAR / "screenshots"  # the stations of every journey, and what was shown when a test failed
DESK = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "color_scheme": "dark"}
expect.set_options(timeout=10_000)


@pytest.fixture(scope="package")
def demonstration(django_db_setup, django_db_blocker, tmp_path_factory):
    """The office of the plan, in a database beside the tests' own."""
    files = tmp_path_factory.mktemp("files")
    with (
        pytest.MonkeyPatch.context() as environment,
        override_settings(MEDIA_ROOT=files),
        django_db_blocker.unblock(),
        copy_in_use("demo"),
    ):
        environment.setenv("TRINH_DEMO", "1")
        call_command("load_demo", stdout=io.StringIO())
        connections.close_all()  # what is copied must have no line open to it
        yield


@pytest.fixture(scope="package")
def browser(demonstration):
    """Chromium for all the tests here; while it runs, Django must not mind Playwright's event loop."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert found, "The browser tests need Chromium: install it, or name it in CHROMIUM."
    shutil.rmtree(SCREENSHOTS, ignore_errors=True)
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        chromium = playwright.chromium.launch(executable_path=found, args=["--disable-gpu", *as_root])
        yield chromium
        chromium.close()
        connections.close_all()  # those made beside the event loop are seen from there alone


@pytest.fixture(scope="package")
def server(browser):
    """The live server; it follows the tests from copy to copy."""
    live = LiveServer("localhost")
    with live._live_server_modified_settings:
        yield live
        live.stop()


@pytest.fixture
def office(server):
    """An office of one's own, as the demonstration leaves it."""
    with copy_in_use("office"):
        yield


@pytest.fixture(params=[True, pytest.param(False, marks=pytest.mark.trial)], ids=["scripts", "no-scripts"])
def scripts(request) -> bool:
    """Whether the browser runs scripts: in a trial every journey is made both ways."""
    return request.param


@pytest.fixture
def watch() -> Watch:
    """What the browsers of this test complain of."""
    return Watch()


@pytest.fixture
def open_browser(request, browser, server, watch):
    """Opens windows of people; none of them may complain of anything, but for what the test says it expects."""
    contexts = []

    def opened(**look) -> Page:
        context = browser.new_context(base_url=server.url, locale="vi-VN", **look)
        context.set_default_timeout(10_000)
        watch.over(context)
        contexts.append(context)
        return context.new_page()

    yield opened
    for number, page in enumerate(page for context in contexts for page in context.pages):
        if request.node.stash.get(FAILED, False):
            name = re.sub(r"[^\w.-]+", "-", request.node.name)
            page.screenshot(path=SCREENSHOTS / f"{name}-{number}.png", full_page=True)
    for context in contexts:
        context.close()
    assert watch.complaints == []


@pytest.fixture
def sign_in(open_browser):
    """A person's own window, signed in through the form."""

    def signed_in(username: str, **look) -> Page:
        page = open_browser(**look)
        page.goto("/")
        page.locator("[name=login]").fill(username)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[name=password]").press("Enter")
        page.wait_for_url("**/")
        return page

    return signed_in


@pytest.fixture
def enter(open_browser, server):
    """A person's own window, already signed in."""

    def entered(username: str, **look) -> Page:
        client = Client()
        client.force_login(User.objects.get(username=username), "accounts.backends.AppointmentBackend")
        page = open_browser(**look)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": server.url}])
        return page

    return entered


@pytest.fixture
def pictured(request):
    """Keeps what is on the screen at the main stations of a journey, in the order in which they were reached."""
    plain = "-no-scripts" if "no-scripts" in request.node.name else ""
    folder = SCREENSHOTS / (request.path.stem.removeprefix("test_") + plain)

    def kept(page: Page, name: str) -> None:
        number = len(list(folder.glob("*.png"))) + 1
        page.screenshot(path=folder / f"{number:02}-{name}.png", full_page=not is_phone(page))

    return kept


def is_phone(page: Page) -> bool:
    """What stands at the edges of a phone's screen would lie across a picture of the whole page."""
    return page.viewport_size["width"] < 600


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report
