"""What hands do on a page: press something and wait for the page it brings, write where one writes."""

from playwright.sync_api import Locator, Page


def press(target: Locator) -> None:
    """Click, or tap where there is a touch screen; and be on the page that follows."""
    page = target.page
    with page.expect_navigation():
        target.tap() if page.viewport_size["width"] < 600 else target.click()


def box(page: Page, name: str) -> Locator:
    """Where a person writes: the editor where scripts run, else the plain box; any other field is itself."""
    rich = page.locator(f".rich-text:has([name='{name}'])")
    return rich.get_by_role("textbox") if rich.count() else page.locator(f"[name='{name}']")


def written(field: Locator) -> str:
    """What stands in an editor or in a box."""
    return field.evaluate("it => it.value ?? it.textContent")


def nothing_sideways(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
