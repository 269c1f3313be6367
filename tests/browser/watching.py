"""What goes wrong while a page is looked at: in its console, on the way to it, and on the way to anybody else."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

_LOUD = ("error", "warning", "assert")


@dataclass
class Watch:
    """The faults of the pages of a context, and the markup of the page that was shown last."""

    address: str
    faults: list[str] = field(default_factory=list)
    allowed: set[int] = field(default_factory=set)
    document: Response | None = None

    def over(self, context: BrowserContext) -> None:
        """Listen to all that happens in a context."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"error of the page: {error.error}"))
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def markup(self) -> str:
        """Return the HTML of the page that was shown last, as it came."""
        assert self.document is not None
        return self.document.text()

    def _console(self, message: ConsoleMessage) -> None:
        is_expected = any(f"status of {status}" in message.text for status in self.allowed)
        if message.type in _LOUD and not is_expected:
            self.faults.append(f"{message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", "data:", "blob:")):
            self.faults.append(f"request to another place: {request.url}")

    def _failed(self, request: Request) -> None:
        is_given_up = request.failure == "net::ERR_ABORTED"  # it became a download, or the page was left
        if not is_given_up:
            self.faults.append(f"{request.url} failed: {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.allowed:
            self.faults.append(f"{response.url} answered {response.status}")
        if response.request.is_navigation_request() and not 300 <= response.status < 400:
            self.document = response


def overflow(page: Page) -> int:
    """Return by how many pixels a page is wider than its window."""
    return int(page.evaluate("document.scrollingElement.scrollWidth - innerWidth"))
