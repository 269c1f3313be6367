"""A reader of HTML that tells what is wrong with a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"br", "input", "link", "meta"}


@dataclass
class Markup(HTMLParser):
    """The parts of a page that the tests ask about."""

    faults: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    links: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    language: str = ""
    _open: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.append(tag)
        if tag == "html":
            self.language = told.get("lang") or ""
        if "id" in told:
            self.ids.append(told["id"] or "")
        if tag == "script" and not (told.get("type") == "module" and (told.get("src") or "").startswith("/static/")):
            self.faults.append("a script that is no module of the site")
        if tag in ("a", "link", "form"):
            self.links.append((tag, told))
        self.faults += [f"{name} on {tag}" for name in told if name == "style" or name.startswith("on")]
        if tag not in _VOID:
            inherited = self._open[-1][1] if self._open else ""
            self._open.append((tag, told.get("lang") or inherited))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop()[0] != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open:
            self.texts.append((data.strip(), self._open[-1][1]))

    @property
    def anchors(self) -> list[str]:
        return [told["href"] or "" for tag, told in self.links if tag == "a" and "href" in told]


def read(text: str) -> Markup:
    """Return a page with its faults."""
    page = Markup()
    page.feed(text)
    page.close()
    page.faults += [f"<{tag}> is never closed" for tag, _ in page._open]
    page.faults += [f"id {name} stands twice" for name in set(page.ids) if page.ids.count(name) > 1]
    page.faults += [
        f"#{href[1:]} leads nowhere" for href in page.anchors if href[:1] == "#" and href[1:] not in page.ids
    ]
    page.faults += [f"{tag} in the page" for tag in ("style", "iframe") if tag in page.tags]
    if page.tags.count("h1") != 1:
        page.faults.append("not one h1")
    return page
