"""Clients that never come to an end: half a head, a body that trickles, an answer that nobody takes."""

import contextlib
import itertools
import socket
from collections.abc import Iterator

ESTABLISHED = 1  # of Linux's tcp_info
MB = 2**20
FORM = (
    "POST /tai-khoan/login/ HTTP/1.1\r\nHost: localhost\r\n"
    "Content-Type: multipart/form-data; boundary=edge\r\n"
    f"Cookie: csrf={'c' * 32}\r\n"  # or the form would be refused before it is read
)
FIRST = '--edge\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'


def half_head(client: socket.socket) -> None:
    client.sendall(b"GET /tai-khoan/login/ HTTP/1.1\r\nHost: loc")


def body(client: socket.socket) -> None:
    upload(client, 20 * MB)


def upload(client: socket.socket, length: int, piece: bytes = b"x") -> None:
    """The head of a form with a file, and how it begins."""
    client.sendall(f"{FORM}Content-Length: {length}\r\n\r\n{FIRST}".encode() + piece)


def answer(client: socket.socket) -> None:
    """More than the kernel keeps."""
    client.sendall(b"GET /static/django_prose_editor/editor.js HTTP/1.1\r\nHost: localhost\r\n\r\n" * 4)


KINDS = half_head, body, answer


def connected(address: tuple[str, int]) -> socket.socket:
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # the server soon finds no room to write
    client.settimeout(20)
    client.connect(address)
    return client


@contextlib.contextmanager
def stalled(address: tuple[str, int], count: int) -> Iterator[list[socket.socket]]:
    """So many of them, of every kind in turn."""
    with contextlib.ExitStack() as clients:
        waiting = []
        for begin in itertools.islice(itertools.cycle(KINDS), count):
            client = clients.enter_context(connected(address))
            begin(client)
            waiting.append(client)
        yield waiting


def trickle(clients: list[socket.socket]) -> None:
    """Ten more bytes from each; who has been sent away says nothing."""
    for client in clients:
        with contextlib.suppress(OSError):
            client.send(b"x" * 10, socket.MSG_DONTWAIT)


def is_open(client: socket.socket) -> bool:
    """Whether both sides still hold the connection."""
    return client.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] == ESTABLISHED
