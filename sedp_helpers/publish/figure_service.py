"""One browser for a whole batch: a process that draws figures for all report processes.

Starting a browser takes longer than drawing the figures of a report; so the batch starts one, and
every report asks it over a local connection and paints what it gets. A report that loses the
service draws by itself.
"""

from __future__ import annotations

import multiprocessing
import secrets
import signal
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from types import TracebackType
from typing import Any

from sedp_helpers.parallel import find_context
from sedp_helpers.publish.figures import FigureRenderer, open_renderer
from sedp_helpers.publish.fonts import FONTS
from sedp_helpers.publish.paint import Rendered, paint_drawings

Address = tuple[str, bytes]


@dataclass
class FigureService:
    """The drawing process of a batch; ``address`` is what report processes connect to.

    ``warm``: start the browser at once, while the first notebooks still run.
    """

    cache: Path
    warm: bool = True
    address: Address | None = field(default=None, init=False)

    def __enter__(self) -> FigureService:
        context = find_context()
        self._lead, tail = context.Pipe()
        key = secrets.token_bytes(16)
        self._process = context.Process(
            target=_serve, args=(tail, self.cache, key, self.warm), daemon=True
        )
        self._process.start()
        tail.close()
        if self._lead.poll(10):
            self.address = (self._lead.recv(), key)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(OSError):
            self._lead.send("end")
        self._lead.close()
        self._process.join(10)
        if self._process.is_alive():
            self._process.kill()


def _serve(lead: Connection, cache: Path, key: bytes, warm: bool) -> None:
    """Answer requests until the lead says that the batch has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    lock = threading.Lock()
    with open_renderer(cache) as renderer, Listener(authkey=key) as listener:
        lead.send(listener.address)
        threading.Thread(target=_accept, args=(listener, renderer, lock), daemon=True).start()
        if warm:
            with lock:
                renderer.warm()
        _wait_for_end(lead)
        with lock:
            renderer.close()


def _wait_for_end(lead: Connection) -> None:
    try:
        lead.recv()
    except (EOFError, OSError):
        return


def _accept(listener: Listener, renderer: FigureRenderer, lock: threading.Lock) -> None:
    while True:
        try:
            connection = listener.accept()
        except (OSError, EOFError, multiprocessing.AuthenticationError):
            return
        threading.Thread(target=_answer, args=(connection, renderer, lock), daemon=True).start()


def _answer(connection: Any, renderer: FigureRenderer, lock: threading.Lock) -> None:
    """Draw what one report asks for, request by request."""
    with connection:
        while True:
            try:
                specs, language = connection.recv()
            except (EOFError, OSError):
                return
            with lock:
                said, drawn = len(renderer.notes), renderer.drawn
                svgs = renderer.draw(specs, language)
                notes, drawn = renderer.notes[said:], renderer.drawn - drawn
            connection.send((svgs, notes, drawn))


class RemoteRenderer:
    """A renderer that asks the service; draws by itself where the service is lost."""

    def __init__(self, address: Address, cache: Path) -> None:
        self.address, self.cache = address, cache
        self.notes: list[str] = []
        self.drawn = 0

    def __enter__(self) -> RemoteRenderer:
        return self

    def __exit__(self, *error: object) -> None:
        return None

    def render(
        self, specs: Sequence[Mapping[str, Any]], language: str = "ky"
    ) -> list[Rendered | None]:
        """A picture for every plotly figure."""
        svgs = self._draw(specs, language)
        return paint_drawings(svgs, specs, FONTS, self.cache, self.notes)

    def _draw(self, specs: Sequence[Mapping[str, Any]], language: str) -> list[bytes | None]:
        try:
            with Client(self.address[0], authkey=self.address[1]) as connection:
                connection.send((list(specs), language))
                svgs, notes, drawn = connection.recv()
        except (OSError, EOFError, multiprocessing.AuthenticationError):
            return self._draw_alone(specs, language)
        self.notes += notes
        self.drawn += drawn
        return list(svgs)

    def _draw_alone(
        self, specs: Sequence[Mapping[str, Any]], language: str
    ) -> list[bytes | None]:
        with open_renderer(self.cache) as renderer:
            svgs = renderer.draw(specs, language)
            self.notes += renderer.notes
            self.drawn += renderer.drawn
        return svgs


def reach_renderer(address: Address | None, cache: Path) -> FigureRenderer | RemoteRenderer:
    """The service where there is one, else a renderer of this process."""
    return RemoteRenderer(address, cache) if address else open_renderer(cache)
