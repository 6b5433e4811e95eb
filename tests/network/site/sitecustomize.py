"""Every Python process that finds this on its path refuses the network, and notes each attempt.

A line of the file MATINEE_TEST_NETWORK is an attempt; the C library's side is `refuse.c`.
"""

import errno
import os
import socket
import sys

NAMES = frozenset(
    {
        "socket.getaddrinfo",
        "socket.gethostbyaddr",
        "socket.gethostbyname",
        "socket.getnameinfo",
    }
)
SOCKETS = frozenset({"socket.bind", "socket.connect", "socket.sendmsg", "socket.sendto"})
CLIENTS = ("ftplib.connect", "http.client.connect", "imaplib.open", "poplib.connect",
           "smtplib.connect", "urllib.Request")  # fmt: skip


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """The audit hook: an error in it ends what was about to be done."""
    if event in SOCKETS:
        end, address = arguments[0], arguments[1]
        if address is None or getattr(end, "family", None) == socket.AF_UNIX:
            return
        record(event, address)
    elif event in NAMES or event in CLIENTS:
        record(event, arguments[0])
    else:
        return
    raise OSError(errno.ENETUNREACH, os.strerror(errno.ENETUNREACH))


def record(event: str, where: object) -> None:
    """Append the attempt to the file."""
    process = " ".join(sys.orig_argv)[:200].replace("\n", " ")
    line = f"python\t{event}\t{where!r}\t{process} ({os.getpid()})\n"
    with open(os.environ["MATINEE_TEST_NETWORK"], "a", encoding="utf-8") as file:  # noqa: PTH123
        file.write(line)


sys.addaudithook(refuse)
