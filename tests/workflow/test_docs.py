"""What the docs say of states and rights is what the code does."""

import pytest
from django.conf import settings
from django.utils import translation

from workflow.management.commands.write_docs import pages


@pytest.mark.parametrize("name", ["states.md", "rights.md"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_committed_page_is_what_the_code_gives(name, language):
    with translation.override(language):
        made = pages()[name]
    committed = (settings.BASE_DIR / "docs" / name).read_text(encoding="utf-8")
    assert committed == made, "run `manage.py write_docs` and commit what it wrote"
