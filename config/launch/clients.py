"""The web server's side of slow clients: a request is whole before a thread has it, an answer leaves without one.

waitress keeps both in files meanwhile. Added here: nobody may take for ever, and those who wait are bounded in number.
"""

import contextlib
import socket
import struct
import time

from waitress.buffers import OverflowableBuffer
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import WSGITask
from waitress.utilities import BadRequest, RequestEntityTooLarge

MB = 2**20
MAX_BODY = 64 * MB  # what is larger is read to its end, forgotten and answered with config.too_big
MAX_HEADERS = 64 * 1024
MAX_CONNECTIONS = 500  # of one process; each needs an open file, and one more for each of what it sent and is sent
MAX_PIPELINED = 4  # requests sent without waiting for an answer; browsers and proxies send one
MAX_BUFFERED = 1024 * MB  # on disk, of requests that are not whole yet
GRACE = 20  # seconds in which nobody is hurried
MIN_RATE = 500  # bytes a second, on average, of whoever takes longer
IDLE = 60  # seconds between two requests
ENDING = 10  # seconds to finish what was begun, when asked to end
TOO_BIG = "trinh.too_big"  # in the environment of a request whose body was forgotten


class Forgetful(OverflowableBuffer):
    """A body that nobody will read."""

    def append(self, s):
        pass


class Request(HTTPRequestParser):
    """One request on its way in, and how long it may still take."""

    too_big = False

    def __init__(self, adj):
        super().__init__(adj)
        self.began = time.monotonic()

    def received(self, data):
        consumed = super().received(data)
        if self.chunked:
            self._bound_chunks()
        elif self.content_length > MAX_BODY and not self.too_big:
            self.too_big = True
            self.body_rcv.buf = Forgetful(0)
        return consumed

    def _bound_chunks(self) -> None:
        """No browser sends its forms in chunks: what is too large is refused as it comes."""
        if self.body_bytes_received > MAX_BODY:
            self.error, self.completed = RequestEntityTooLarge("The body is too large."), True
        elif len(self.body_rcv.control_line) + len(self.body_rcv.trailer) > MAX_HEADERS:
            self.error, self.completed = BadRequest("A line between two chunks is too long."), True

    @property
    def buffered(self) -> int:
        return 0 if self.too_big else self.body_bytes_received

    def late(self, now: float) -> bool:
        return too_slow(now - self.began, self.header_bytes_received + self.body_bytes_received)


class PatientTask(WSGITask):
    def get_environment(self):
        environ = super().get_environment()
        if self.request.too_big:
            environ[TOO_BIG] = True
        return environ


class Connection(HTTPChannel):
    """A client that sends, waits for its answer, takes it, or does nothing."""

    parser_class = Request
    task_class = PatientTask

    def __init__(self, *args, **options):
        self.quiet_since = time.monotonic()  # since it last had a thread work for it
        self.sent = self.sent_before = 0
        self.taking_since = None
        super().__init__(*args, **options)

    def received(self, data):
        received = super().received(data)
        if len(self.requests) > MAX_PIPELINED:
            self.handle_close()
        return received

    def send(self, data, do_close=True):
        count = super().send(data, do_close)
        self.sent += count
        return count

    def service(self):
        super().service()
        self.quiet_since = time.monotonic()
        self.taking_since = None

    def cut(self) -> None:
        """End it now: the system, too, is not to wait for one that takes nothing."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.handle_close()

    def handle_close(self):
        if request := self.request:
            request.close()
        super().handle_close()

    @property
    def waits(self) -> bool:
        """Whether no thread works for it, nor is about to."""
        return not self.requests

    @property
    def idle(self) -> bool:
        return self.waits and self.request is None and not self.total_outbufs_len

    @property
    def waiting_since(self) -> float:
        return request.began if (request := self.request) else self.quiet_since

    @property
    def buffered(self) -> int:
        request = self.request
        return request.buffered if request else 0

    def late(self, now: float) -> bool:
        """Whether it has had all the time that it may have."""
        if not self.waits:
            return False
        if self.total_outbufs_len:
            return self._takes_too_long(now)
        self.taking_since = None
        if request := self.request:
            return request.late(now)
        return now - self.quiet_since > IDLE

    def _takes_too_long(self, now: float) -> bool:
        if self.taking_since is None:
            self.taking_since, self.sent_before = now, self.sent
        return too_slow(now - self.taking_since, self.sent - self.sent_before)


def too_slow(seconds: float, count: int) -> bool:
    return seconds > GRACE + count / MIN_RATE


class Server(TcpWSGIServer):
    """Takes everybody in; when it is full, who has waited longest makes room."""

    channel_class = Connection
    max_connections = MAX_CONNECTIONS
    max_buffered = MAX_BUFFERED
    ending_by = None

    @property
    def connections(self) -> list[Connection]:
        return list(self.active_channels.values())

    def readable(self):
        """Leave newcomers to the other processes while every thread here has work."""
        return super().readable() and not self.task_dispatcher.queue

    def handle_accept(self):
        super().handle_accept()
        self.make_room()

    def maintenance(self, now):
        """Called once a second."""
        self.end_late(time.monotonic())
        self.make_room()

    def end_late(self, now: float) -> None:
        for connection in self.connections:
            if connection.late(now):
                connection.cut()

    def make_room(self) -> None:
        count, buffered = len(self.active_channels), sum(connection.buffered for connection in self.connections)
        waiting = [connection for connection in self.connections if connection.waits]
        for connection in sorted(waiting, key=lambda each: each.waiting_since):
            if count <= self.max_connections and buffered <= self.max_buffered:
                return
            count, buffered = count - 1, buffered - connection.buffered
            connection.cut()

    def end(self, *signal) -> None:
        """Take nobody new, finish what was begun."""
        self.accepting = False
        self.ending_by = time.monotonic() + ENDING
        with contextlib.suppress(OSError):  # asked twice, it may be gone
            self.pull_trigger()

    def run(self):
        while not self.ended():
            self.asyncore.loop(timeout=1, map=self._map, use_poll=True, count=1)
        self.task_dispatcher.shutdown(timeout=1)
        for connection in self.connections:
            connection.handle_close()
        self.asyncore.close_all(self._map)

    def ended(self) -> bool:
        if self.ending_by is None:
            return False
        return time.monotonic() > self.ending_by or all(connection.idle for connection in self.connections)
