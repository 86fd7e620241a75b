"""The product's settings and two test-only kinds of dossier."""

import os

from config.settings import *  # noqa: F403 - a settings module adds to another this way
from config.settings import DATABASES, INSTALLED_APPS, STORAGES

INSTALLED_APPS = ["tests.testapp", "tests.aid", *INSTALLED_APPS]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

DATABASES["default"]["TEST"] = {"NAME": f"test_{os.environ.get('TRINH_TEST_DB', 'trinh')}"}
DATABASES["default"]["CONN_MAX_AGE"] = 0  # a browser's idle line must not hold the test database open
# Nothing here outlives a crash but what has a server of its own for it (the crash tests, the measurements).
DURABLE = DATABASES["default"]["OPTIONS"]
DATABASES["default"]["OPTIONS"] = DURABLE | {"options": f"{DURABLE['options']} -c synchronous_commit=off"}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # static files straight from their sources, nothing collected
WHITENOISE_MAX_AGE = 24 * 60 * 60  # as long as a run: no browser asks again for what it has, as where names are hashed
PASSWORD_HASHERS = ["tests.hashing.Quick"]  # the product's own takes a third of a second each time
