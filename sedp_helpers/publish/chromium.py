"""One headless browser that stays open and evaluates scripts, for drawing figures.

The browser sees one empty page and its own scripts; background traffic is switched off. Nothing
here knows what a figure is.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import Coroutine, Sequence
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import suppress
from pathlib import Path
from typing import Any

from choreographer import Browser
from choreographer.browsers import Chromium
from choreographer.errors import (
    BrowserClosedError,
    BrowserFailedError,
    ChannelClosedError,
    ChromeNotFoundError,
    DevtoolsProtocolError,
)

QUIET = (
    "--disable-background-networking",
    "--disable-component-extensions-with-background-pages",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-client-side-phishing-detection",
    "--disable-features=OptimizationHints,MediaRouter,Translate,InterestFeedContentSuggestions",
    "--no-pings",
    "--proxy-server=127.0.0.1:9",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    "--lang=en-US",
)
UNWANTED = ("--disable-web-security", "--enable-logging=stderr", "--allow-file-access-from-files")
START_SECONDS = 60
CALL_SECONDS = 120
_LOST = (
    CancelledError,
    BrowserClosedError,
    BrowserFailedError,
    ChannelClosedError,
    ChromeNotFoundError,
    DevtoolsProtocolError,
    ConnectionError,
    FutureTimeout,
    OSError,
)


logging.getLogger("choreographer").setLevel(logging.CRITICAL)  # a loss is said once, by us


class BrowserLost(Exception):
    """The browser did not start, died or no longer answers; another one may be started."""


class QuietChromium(Chromium):
    """The usual start line without traffic; no sandbox only where root cannot have one."""

    def get_cli(self) -> Sequence[str]:
        line = [part for part in super().get_cli() if part not in UNWANTED]
        return [*line, *QUIET, "about:blank"]


class ScriptRunner:
    """A browser with one empty page; starts at once, must be closed."""

    def __init__(self, path: Path) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        try:
            self._browser = self._wait(self._open(path), START_SECONDS)
        except BrowserLost:
            self._stop_loop()
            raise

    async def _open(self, path: Path) -> Browser:
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        browser = Browser(
            path=path, browser_cls=QuietChromium, enable_sandbox=not root, enable_extensions=False
        )
        await browser.open()
        if browser.get_tab() is None:
            raise BrowserFailedError("the browser opened no page")
        return browser

    def run(self, script: str) -> Any:
        """The value of a script, awaited if it is a promise; its error is a RuntimeError."""
        answer = self._wait(self._evaluate(script), CALL_SECONDS)
        result = answer.get("result")
        if result is None:
            raise BrowserLost(str(answer.get("error")))
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            text = details.get("exception", {}).get("description") or details.get("text")
            raise RuntimeError(f"script in the browser: {text}")
        return result["result"].get("value")

    async def _evaluate(self, script: str) -> dict[str, Any]:
        tab = self._browser.get_tab()
        if tab is None:
            raise BrowserClosedError("the page is gone")
        options = {"expression": script, "awaitPromise": True, "returnByValue": True}
        return await tab.send_command("Runtime.evaluate", options)

    def close(self) -> None:
        """Ends the browser that was started here, and no other."""
        try:
            self._wait(self._browser.close(), START_SECONDS)
        except BrowserLost:
            return
        finally:
            self._stop_loop()

    def _wait(self, work: Coroutine[Any, Any, Any], seconds: float) -> Any:
        """The result of work in the loop of the browser; every loss has one name."""
        try:
            return asyncio.run_coroutine_threadsafe(work, self._loop).result(seconds)
        except _LOST as error:
            raise BrowserLost(str(error)) from error

    def _stop_loop(self) -> None:
        """Lets what still runs in the loop end, then ends the loop and its thread."""
        with suppress(FutureTimeout):
            asyncio.run_coroutine_threadsafe(_cancel_others(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)
        if not self._thread.is_alive():
            self._loop.close()


async def _cancel_others() -> None:
    """Cancels every other task of the loop and waits for it."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
