"""One web process on a socket that it was given and may share: `python -m config.launch.web FD`."""

import logging
import resource
import signal
import socket
import sys

from config.launch.clients import MAX_CONNECTIONS, MAX_HEADERS, MAX_PIPELINED, MB, Server

THREADS = 4
FILES = (MAX_PIPELINED + 3) * MAX_CONNECTIONS + 100
ADJUSTMENTS = {
    "threads": THREADS,
    "ident": "trinh",  # answers do not name the server's program
    "backlog": 1024,
    "connection_limit": MAX_CONNECTIONS + 50,
    "cleanup_interval": 1,
    "max_request_header_size": MAX_HEADERS,
    "max_request_body_size": 1024 * MB,
    "recv_bytes": 32 * 1024,
    "inbuf_overflow": 64 * 1024,  # what is longer waits in a file
    "outbuf_overflow": 128 * 1024,
    "outbuf_high_watermark": 1024 * MB,  # no thread waits for a client to take its answer
    "clear_untrusted_proxy_headers": False,  # the settings say which proxies are believed
    "log_socket_errors": False,
}


def server_on(sock: socket.socket, application, **adjustments) -> Server:
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that somebody waits a moment is no news
    info = (sock.family, sock.type, sock.proto, sock.getsockname())
    return Server(application, sockinfo=info, _sock=sock, bind_socket=False, **ADJUSTMENTS | adjustments)


def serve(sock: socket.socket) -> None:
    """Answer until asked to end."""
    from config.wsgi import application  # takes a second; the settings are read here

    allow_files()
    server = server_on(sock, application)
    for number in signal.SIGTERM, signal.SIGINT:
        signal.signal(number, server.end)
    server.run()


def allow_files() -> None:
    """As many open files as the connections may need, where the machine allows it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    limit = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, limit), hard))


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
