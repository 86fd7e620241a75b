"""Every address × method × role × relation to the unit: what each answers, what it gives away, and what it does."""

import pytest

pytest.register_assert_rewrite("tests.rights.trying")
