"""The tests' settings with the plain application beside the product."""

from tests.settings import *  # noqa: F403 - a settings module adds to another this way
from tests.settings import DATABASES, DURABLE, INSTALLED_APPS

INSTALLED_APPS = ["benchmarks", *INSTALLED_APPS]
ROOT_URLCONF = "benchmarks.urls"
DATABASES["default"] |= {"TEST": {"NAME": "bench_trinh"}, "OPTIONS": DURABLE}
