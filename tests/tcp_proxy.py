"""A network that fails in front of a real server: late, silent, cut, or eavesdropped on."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

PIECE = 512
"""Bytes that pass at a time: every answer comes in slices."""


class Proxy:
    """A TCP proxy; a context manager. All is well until it is told otherwise.

    Args:
        url: The server behind it, ``bolt://host:port``.
    """

    def __init__(self, url: str) -> None:
        host, _, port = url.rpartition("//")[2].partition(":")
        self._target = (host, int(port))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._sockets: list[socket.socket] = []
        self._left: dict[str, int | None] = {"up": None, "down": None}
        self._silent = False
        self._latency = 0.0
        self.url = f"bolt://127.0.0.1:{self._listener.getsockname()[1]}"
        self.heard = bytearray()
        """What clients have sent."""

    def cut_after(self, sent: int | None = None, answered: int | None = None) -> None:
        """Die, with a reset, when so many more bytes were sent by clients, or answered to them."""
        self._left = {"up": sent, "down": answered}

    def fall_silent(self) -> None:
        """Let nothing pass any more, and keep the connections open."""
        self._silent = True

    def be_late(self, seconds: float) -> None:
        """Wait before each piece of an answer's beginning."""
        self._latency = seconds

    def __enter__(self) -> Proxy:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._die()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(self._target)
            self._sockets += [client, server]
            for source, sink, way in ((client, server, "up"), (server, client, "down")):
                pump = threading.Thread(target=self._pump, args=(source, sink, way), daemon=True)
                pump.start()

    def _pump(self, source: socket.socket, sink: socket.socket, way: str) -> None:
        try:
            while data := source.recv(PIECE):
                if way == "up":
                    self.heard += data
                elif self._latency and len(data) < PIECE:
                    time.sleep(self._latency)
                left = self._left[way]
                if left is not None:
                    self._left[way] = left = left - len(data)
                    if left < 0:
                        self._die()
                        return
                if not self._silent:
                    sink.sendall(data)
        except OSError:
            return

    def _die(self) -> None:
        for s in (self._listener, *self._sockets):
            with contextlib.suppress(OSError):  # it was closed from the other side
                s.shutdown(socket.SHUT_RDWR)
            s.close()
