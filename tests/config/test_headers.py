"""What every kind of answer tells the browser, and that a real installation passes Django's own review."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from config.launch.connection import APP, url
from tests.factories import person

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
STATIC = {name: said for name, said in EVERYWHERE.items() if name != "X-Frame-Options"}
ADDRESSES = {
    "sign-in page": ("/tai-khoan/login/", 200),
    "redirect": ("/", 302),
    "health": ("/health/", 200),
    "not found": ("/khong-co/", 404),
    "refused method": ("/tai-khoan/2fa/webauthn/add/", 302),
}


def told(response, names) -> dict:
    return {name: response.headers.get(name) for name in names}


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "status"), ADDRESSES.values(), ids=ADDRESSES)
def test_every_answer_to_a_stranger(client, address, status):
    response = client.get(address)
    assert response.status_code == status
    assert told(response, EVERYWHERE) == EVERYWHERE
    assert "camera=()" in response["Permissions-Policy"]
    assert "no-store" in response["Cache-Control"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "Server" not in response.headers


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/history/", "/tai-khoan/", "/tai-khoan/sign-ins/", "/khong-co/"])
def test_nothing_of_a_signed_in_person_s_pages_is_kept(client, address):
    client.force_login(person("soan"), "accounts.backends.AppointmentBackend")
    response = client.get(address)
    assert "no-store" in response["Cache-Control"]
    assert told(response, EVERYWHERE) == EVERYWHERE


def test_static_files_too(client, db):
    response = client.get("/static/css/app.css")
    assert b"@layer" in b"".join(response.streaming_content)
    response.close()
    assert response.status_code == 200
    assert told(response, STATIC) == STATIC
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "max-age" in response["Cache-Control"]


def installed(*command: str) -> subprocess.CompletedProcess:
    """One command of an installation behind TLS, every warning an error."""
    chosen = {"DATABASE_URL": url(APP, settings.VAR), "TRINH_HTTPS": "1", "TRINH_HOSTS": "trinh.example"}
    command = [sys.executable, "-W", "error", "manage.py", *command]
    kept = {name: said for name, said in os.environ.items() if not name.startswith(("TRINH_", "DJANGO_"))}
    environment = kept | chosen | {"TRINH_VAR": str(settings.VAR)}
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=120)


def test_an_installation_passes_the_review_for_deployment():
    done = installed("check", "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, done.stderr) == (0, "")


def test_cookies_behind_tls_belong_to_the_host_alone():
    traits = ["NAME", "SECURE", "HTTPONLY", "SAMESITE", "PATH"]
    names = [f"{cookie}_COOKIE_{trait}" for cookie in ("SESSION", "CSRF") for trait in traits]
    asked = f"from django.conf import settings; print(*(getattr(settings, name) for name in {names}))"
    done = installed("shell", "--no-imports", "-v", "0", "-c", asked)
    same = ["True", "True", "Lax", "/"]
    assert done.stdout.split() == ["__Host-session", *same, "__Host-csrf", *same], done.stderr
