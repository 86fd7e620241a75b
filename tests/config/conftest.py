"""What the launch tests share."""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from config.launch.database import cluster


@pytest.fixture
def folder():
    """A project's folder that every user of the machine can reach; what was started in it is stopped and removed."""
    project = Path(tempfile.mkdtemp(prefix="trinh-test-"))
    project.chmod(0o755)
    yield project
    for var in {path.parent for path in project.rglob("database.lock")}:
        server = cluster(var)
        server.stop()
        for place in server.home, server.socket:
            shutil.rmtree(place, ignore_errors=True)
    shutil.rmtree(project)


@contextlib.contextmanager
def umask(mode):
    before = os.umask(mode)
    try:
        yield
    finally:
        os.umask(before)
