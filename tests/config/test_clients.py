"""Slow, greedy and odd clients before the real server: whoever asks for a page gets it, and nobody stays for ever."""

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time

import psutil
import pytest
from django.db import connection

from config.launch import clients, web
from config.launch.processes import BASE
from config.launch.run import listening
from tests.config.slow import KINDS, MB, body, connected, is_open, stalled, upload

PAGE, PATIENCE = "/tai-khoan/login/", 30
GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


def until(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def page(address, path=PAGE, method="GET", **request):
    with contextlib.closing(http.client.HTTPConnection(*address, timeout=PATIENCE)) as line:
        line.request(method, path, **request)
        answer = line.getresponse()
        return answer, answer.read()


def answered(client) -> bytes:
    answer = http.client.HTTPResponse(client)
    answer.begin()
    with answer:
        return answer.read()


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """The product behind one web process, on the tests' database."""
    with web_process(django_db_blocker) as served:
        yield served


@contextlib.contextmanager
def web_process(django_db_blocker):
    entry = connection.settings_dict
    with django_db_blocker.unblock():
        host = entry["HOST"] or entry["OPTIONS"]["host"]
    where = {"DATABASE_URL": f"postgresql://{entry['USER']}@/{entry['NAME']}?host={host}"}
    chosen = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    with listening("127.0.0.1", 0) as sock:
        command = [sys.executable, "-m", "config.launch.web", str(sock.fileno())]
        options = {"cwd": BASE, "env": os.environ | where | chosen, "pass_fds": [sock.fileno()]}
        process = subprocess.Popen(command, **options)
        try:
            page(sock.getsockname())
            yield sock.getsockname(), process
        finally:
            process.kill()
            process.wait()


@pytest.fixture
def serve():
    """Serves an application of the test's own, with one thread, until the test ends."""
    with contextlib.ExitStack() as over:

        def served(application, **limits) -> tuple:
            sock = over.enter_context(socket.create_server(("127.0.0.1", 0)))
            server = web.server_on(sock.dup(), application, threads=1)
            vars(server).update(limits)
            thread = threading.Thread(target=server.run)
            thread.start()
            over.callback(thread.join, PATIENCE)
            over.callback(server.end)
            return server, sock.getsockname()

        yield served


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"hello"]


def mirror(environ, start_response):
    """Says what it was told."""
    names = ("REMOTE_ADDR", "wsgi.url_scheme", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "CONTENT_LENGTH")
    told = "|".join(environ.get(name, "") for name in names).encode() + b"|" + environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(told)))])
    return [told]


def huge(environ, start_response):
    if environ["PATH_INFO"] != "/huge":
        return hello(environ, start_response)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(40 * MB))])
    return iter([b"x" * MB] * 40)


# --- nobody who stalls holds a thread -------------------------------------------------------------------------------
def test_a_page_is_answered_while_sixty_clients_stall(pages):
    """Fifteen for each thread, of every kind; all still there when the page has come."""
    address, _process = pages
    with stalled(address, 60) as waiting:
        answer, text = page(address)
        assert (answer.status, b"<form" in text) == (200, True)
        assert [is_open(client) for client in waiting] == [True] * 60


def test_an_answer_that_nobody_takes_leaves_the_only_thread_free(serve):
    server, address = serve(huge)
    with connected(address) as client:
        client.sendall(GET.replace(b"/ ", b"/huge ", 1))
        assert client.recv(15) == b"HTTP/1.1 200 OK"
        assert page(address)[1] == b"hello"
        until(lambda: [each.total_outbufs_len > 20 * MB for each in server.connections if each.total_outbufs_len])
        assert is_open(client)


# --- nobody stays for ever ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("begin", KINDS)
def test_who_stalls_is_sent_away_in_the_end(serve, begin):
    server, address = serve(huge)
    with connected(address) as client:
        client.sendall(GET.replace(b"/ ", b"/huge ", 1)) if begin not in KINDS[:2] else begin(client)
        until(lambda: [each for each in server.connections if each.waits and not each.idle])
        server.end_late(time.monotonic())  # here an answer is first seen to wait
        server.end_late(time.monotonic() + clients.GRACE - 1)
        assert is_open(client)
        server.end_late(time.monotonic() + clients.GRACE + 60 * MB / clients.MIN_RATE)
        until(lambda: not is_open(client))
        assert server.connections == []


@pytest.mark.parametrize(
    ("seconds", "count", "late"),
    [(0, 0, False), (20, 0, False), (21, 0, True), (60, 600, True), (60, 25_000, False), (3600, 2 * MB, False)],
)
def test_ten_bytes_a_second_are_too_few_and_a_bad_line_is_not(seconds, count, late):
    assert clients.too_slow(seconds, count) is late


def test_a_line_kept_for_the_next_request_is_idle_and_ends_later(serve):
    server, address = serve(hello)
    with connected(address) as client:
        for _ in range(2):
            client.sendall(GET)
            assert answered(client) == b"hello"
        until(lambda: [each.idle for each in server.connections] == [True])
        server.end_late(time.monotonic() + clients.IDLE - 1)
        assert is_open(client)
        server.end_late(time.monotonic() + clients.IDLE + 1)
        until(lambda: not is_open(client))


# --- those who wait are bounded in number, and in what they fill the disk with --------------------------------------
def test_in_a_full_house_who_has_waited_longest_makes_room(serve):
    server, address = serve(hello, max_connections=3)
    with connected(address) as staller, connected(address) as idler, connected(address) as third:
        body(staller)
        until(lambda: [each for each in server.connections if each.request])
        for client in idler, third:
            client.sendall(GET)
            assert answered(client) == b"hello"
        until(lambda: len(server.connections) == 3)
        assert page(address)[1] == b"hello"
        assert [is_open(client) for client in (staller, idler, third)] == [False, True, True]


def test_a_house_full_of_stallers_still_takes_a_newcomer_in(serve):
    server, address = serve(hello, max_connections=6)
    with stalled(address, 6) as waiting:
        until(lambda: len(server.connections) == 6)
        for _ in range(3):
            assert page(address)[1] == b"hello"
            until(lambda: len(server.connections) == 5)
        assert sum(map(is_open, waiting)) == 5


def test_half_sent_uploads_fill_no_disk(serve):
    server, address = serve(hello, max_buffered=2 * MB)
    with connected(address) as first, connected(address) as second:
        for client in first, second:
            upload(client, 20 * MB, b"x" * MB)
        until(lambda: not is_open(first))
        until(lambda: sum(each.buffered for each in server.connections) > MB)
        assert is_open(second)


def test_requests_sent_by_the_dozen_without_waiting_are_not_served(serve):
    _server, address = serve(hello)
    with connected(address) as client:
        client.sendall(GET * 12)
        until(lambda: not is_open(client))
    assert page(address)[1] == b"hello"


# --- bodies ---------------------------------------------------------------------------------------------------------
def test_what_is_too_large_is_read_to_its_end_forgotten_and_answered_with_the_way_back(pages):
    address, process = pages
    before = psutil.Process(process.pid).memory_info().rss
    with connected(address) as client:
        client.settimeout(PATIENCE)
        upload(client, clients.MAX_BODY + MB, b"")
        sent = 0
        while sent < clients.MAX_BODY + MB:
            client.sendall(b"x" * min(MB, clients.MAX_BODY + MB - sent))
            sent += MB
        answer = http.client.HTTPResponse(client)
        answer.begin()
        text = answer.read().decode()
    assert answer.status == 413
    assert 'href="/"' in text
    assert psutil.Process(process.pid).memory_info().rss - before < 30 * MB


def test_twenty_megabytes_wait_on_the_disk(pages):
    address, process = pages
    before = psutil.Process(process.pid).memory_info().rss
    with connected(address) as client:
        upload(client, 20 * MB, b"")
        for _ in range(19):
            client.sendall(b"x" * MB)
        page(address)
        assert psutil.Process(process.pid).memory_info().rss - before < 10 * MB


def test_a_form_in_chunks_is_a_form(serve):
    _server, address = serve(mirror)
    chunks = {"body": iter([b"a=1&", b"b=2"]), "encode_chunked": True, "headers": {"Transfer-Encoding": "chunked"}}
    assert page(address, "/", "POST", **chunks)[1] == b"127.0.0.1|http|||7|a=1&b=2"


@pytest.mark.parametrize(
    ("piece", "count", "status"),
    [(b"100000\r\n" + b"x" * MB + b"\r\n", 80, b"413"), (b"1" * 32 * 1024, 8, b"400"), (b"zz\r\n", 1, b"400")],
    ids=["without end", "one long line", "no number"],
)
def test_chunks_that_nobody_sends_in_earnest_are_refused(serve, piece, count, status):
    server, address = serve(hello)
    with connected(address) as client:
        client.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
        with contextlib.suppress(ConnectionError):
            for _ in range(count):
                client.sendall(piece)
        with contextlib.suppress(ConnectionError):
            assert client.recv(12) in (b"HTTP/1.1 " + status, b"")
    until(lambda: server.connections == [])


# --- as before ------------------------------------------------------------------------------------------------------
def test_what_a_proxy_says_arrives_as_it_was_said(serve):
    _server, address = serve(mirror)
    told = {"X-Forwarded-For": "192.0.2.7, 10.0.0.1", "X-Forwarded-Proto": "https"}
    assert page(address, "/", headers=told)[1] == b"127.0.0.1|http|192.0.2.7, 10.0.0.1|https||"


@pytest.mark.parametrize("sent", [GET, b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\nX: " + b"x" * 70_000 + b"\r\n\r\n"])
def test_no_answer_names_the_program(serve, sent):
    _server, address = serve(hello)
    with connected(address) as client:
        client.sendall(sent)
        told = client.recv(4096)
    assert re.findall(rb"\r\nServer: (.+)\r\n", told) == [b"trinh"]
    assert b"waitress" not in told.lower()


def test_what_was_begun_is_answered_before_the_end_and_nobody_new_is_taken(serve):
    begun, go = threading.Event(), threading.Event()

    def patient(environ, start_response):
        begun.set()
        assert go.wait(PATIENCE)
        return hello(environ, start_response)

    server, address = serve(patient)
    with connected(address) as client:
        client.sendall(GET)
        assert begun.wait(PATIENCE)
        server.end()
        with connected(address) as late:
            late.sendall(GET)
            go.set()
            assert answered(client) == b"hello"
            until(lambda: not [thread for thread in threading.enumerate() if thread.name.startswith("waitress")])
            late.settimeout(0.2)
            with pytest.raises(TimeoutError):
                late.recv(1)  # it waits for the next process on this socket


def test_a_client_that_goes_away_troubles_nobody(serve, caplog):
    _server, address = serve(huge)
    for _ in range(20):
        with connected(address) as client:
            client.sendall(GET.replace(b"/ ", b"/huge ", 1))
    assert page(address)[1] == b"hello"
    assert caplog.messages == []


def test_asked_to_end_a_process_ends_well(django_db_setup, django_db_blocker):
    with web_process(django_db_blocker) as (_address, process):
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
