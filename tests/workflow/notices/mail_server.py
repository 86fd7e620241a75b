"""A mail server small enough to break at will: it listens in a thread and keeps what it was given."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from email import message_from_bytes
from email.message import Message
from email.policy import default


class MailServer:
    """Answers SMTP on a port of its own. `answers` says, for a command of one recipient, something else than yes."""

    def __init__(self, answers: Callable[[str, str], str | None] = lambda command, to: None, port: int = 0):
        self.answers, self.given = answers, []
        self.listening = socket.create_server(("127.0.0.1", port))
        self.port = self.listening.getsockname()[1]
        self.lines: list[socket.socket] = []
        self.kept = threading.Condition()
        self.thread = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_exception):
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        for line in self.lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        self.thread.join()

    @property
    def messages(self) -> list[Message]:
        return [message_from_bytes(raw, policy=default) for raw in self.given]

    @property
    def recipients(self) -> list[str]:
        return [message["To"] for message in self.messages]

    def wait_for(self, count: int) -> None:
        """Return as soon as so many mails were given."""
        self.wait_until(lambda: len(self.given) >= count)

    def wait_until(self, met: Callable[[], bool], seconds: float = 60) -> None:
        """Return as soon as this holds; looked at whenever a mail comes, and now and then."""
        deadline = time.monotonic() + seconds
        with self.kept:
            while not met():
                assert time.monotonic() < deadline, f"{len(self.given)} mails came"
                self.kept.wait(0.2)

    def _listen(self) -> None:
        talks = []
        with contextlib.suppress(OSError):
            while True:
                line, _address = self.listening.accept()
                self.lines.append(line)
                talks.append(threading.Thread(target=self._talk, args=[line], daemon=True))
                talks[-1].start()
        for talk in talks:
            talk.join()

    def _talk(self, line: socket.socket) -> None:
        with contextlib.suppress(OSError), line, line.makefile("rwb") as file:
            self._say(file, "220 here")
            to = ""
            while words := file.readline():
                command = words[:4].decode().upper()
                if command == "RCPT":
                    to = words.decode().partition("<")[2].partition(">")[0]
                answer = self.answers(command, to)
                if answer == "hang up":
                    return
                if command == "DATA" and answer is None:
                    self._say(file, "354 go on")
                    answer = self._keep(file, to)
                    if answer == "hang up":
                        return
                self._say(file, answer or ("221 bye" if command == "QUIT" else "250 yes"))
                if command == "QUIT":
                    return

    def _keep(self, file, to: str) -> str | None:
        """Read one mail. Asked as `.`: whatever is answered then, the mail is kept unless the answer is a refusal."""
        raw = b""
        while (words := file.readline()) not in (b".\r\n", b""):
            raw += words.removeprefix(b".")
        answer = self.answers(".", to)
        if answer is None or answer == "hang up":
            with self.kept:
                self.given.append(raw)
                self.kept.notify_all()
        return answer

    @staticmethod
    def _say(file, words: str) -> None:
        file.write(words.encode() + b"\r\n")
        file.flush()
