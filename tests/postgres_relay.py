"""Between a store and its server: a wire that can be cut after the server has done what it was asked, unheard."""

from __future__ import annotations

import select
import socket
import threading
from types import TracebackType
from typing import Self


class Relay:
    """Hands on what either side says, until `cut_answer`: then the next answer is not handed on, and both hang up."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.cut_answer = False
        self.cut = 0
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listening.getsockname()[1])
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.listening.shutdown(socket.SHUT_RDWR)
        self.thread.join()
        self.listening.close()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self.listening.accept()
            except OSError:
                return
            with client, socket.socket(socket.AF_UNIX) as server:
                server.connect(self.server)
                self._hand_on(client, server)

    def _hand_on(self, client: socket.socket, server: socket.socket) -> None:
        other = {client: server, server: client}
        while True:
            for side in select.select([client, server], [], [])[0]:
                said = side.recv(1 << 16)
                if not said:
                    return
                if side is server and self.cut_answer:
                    self.cut_answer = False
                    self.cut += 1
                    return
                other[side].sendall(said)
