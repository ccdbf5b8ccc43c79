"""Looking at a page as somebody would who cannot see it, enlarges it, or has only a keyboard or little money."""

from __future__ import annotations

from typing import Any

from tests.browser import Visitor

ENLARGED = {"width": 320, "height": 256}
"""A screen of 1280 by 1024 at four times the size (WCAG 2.2, 1.4.10)."""

MOST_STOPS, PARTS = 30, 8

SPACED = """() => {
  const wide = new CSSStyleSheet();
  wide.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets.push(wide);
}"""
"""What somebody may do to a text to read it (WCAG 2.2, 1.4.12)."""

BEYOND = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"

DANGLING = """() => {
  const named = [];
  for (const [attribute, several] of [["aria-describedby", true], ["aria-labelledby", true], ["for", false]])
    for (const element of document.querySelectorAll(`[${attribute}]`))
      named.push(...(several ? element.getAttribute(attribute).split(/\\s+/) : [element.getAttribute(attribute)]));
  for (const link of document.querySelectorAll('a[href^="#"]')) named.push(decodeURIComponent(link.hash.slice(1)));
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  return [...named.filter((id) => id && !ids.includes(id)), ...ids.filter((id, n) => ids.indexOf(id) !== n)];
}"""
"""What leads to no element of the page, and what two elements are called."""

FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const middle = [box.left + Math.min(box.width, innerWidth) / 2, box.top + Math.min(box.height, innerHeight) / 2];
  const top = document.elementFromPoint(...middle);
  return {
    place: [...document.querySelectorAll("*")].indexOf(element),
    name: `${element.tagName} ${element.id || element.textContent.trim().slice(0, 40)}`,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && box.width > 0 && box.height > 0,
    covered: !!top && top !== element && !element.contains(top) && !top.contains(element),
  };
}"""


async def fits(visitor: Visitor) -> None:
    """See that nothing lies beside a small screen, also with the letters further apart."""
    await visitor.page.set_viewport_size(ENLARGED)  # type: ignore[arg-type]  # a plain dictionary
    assert await visitor.page.evaluate(BEYOND) == 0, f"{visitor.page.url} is wider than a small screen."
    await visitor.page.evaluate(SPACED)
    assert await visitor.page.evaluate(BEYOND) == 0, f"{visitor.page.url} is wider once its letters stand apart."


async def can_be_walked(visitor: Visitor) -> None:
    """Go through the content by the tabulator: each stop is seen, has a ring, and is left again."""
    await visitor.page.evaluate("() => { scrollTo(0, 0); document.querySelector('main').focus(); }")
    places: list[int] = []
    for _ in range(MOST_STOPS):
        await visitor.page.keyboard.press("Tab")
        stop: dict[str, Any] | None = await visitor.page.evaluate(FOCUSED)
        if stop is None:
            break
        assert stop["ring"], f"{visitor.page.url}: {stop['name']} shows no focus."
        assert stop["seen"], f"{visitor.page.url}: {stop['name']} has the focus out of sight."
        assert not stop["covered"], f"{visitor.page.url}: {stop['name']} is covered while it has the focus."
        places.append(stop["place"])
        # A date and a time have a stop for each of their parts.
        assert places[-PARTS:] != [stop["place"]] * PARTS, f"{visitor.page.url}: {stop['name']} holds the focus."
    assert len(places) > 3


async def leads_somewhere(visitor: Visitor) -> None:
    """See that what names another element names one that is there, and that no two have one name."""
    assert await visitor.page.evaluate(DANGLING) == [], visitor.page.url


class Weight:
    """What a first visit of a page costs, in bytes on the wire."""

    def __init__(self) -> None:
        self.kinds: dict[str, int] = {}
        self._types: dict[str, str] = {}

    async def watch(self, visitor: Visitor) -> None:
        """Count from now on, with nothing kept from before."""
        session = await visitor.page.context.new_cdp_session(visitor.page)
        await session.send("Network.enable")
        await session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.on("Network.responseReceived", self._receive)
        session.on("Network.loadingFinished", self._finish)

    def _receive(self, event: dict[str, Any]) -> None:
        self._types[event["requestId"]] = event["type"]

    def _finish(self, event: dict[str, Any]) -> None:
        kind = self._types.get(event["requestId"], "Other")
        self.kinds[kind] = self.kinds.get(kind, 0) + int(event["encodedDataLength"])

    @property
    def whole(self) -> int:
        """All bytes."""
        return sum(self.kinds.values())
