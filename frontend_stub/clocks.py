"""The clocks by which forms say a time, and a wall clock's time as their fields show it."""

from __future__ import annotations

from frontend_stub.languages import Words, catalogue


def parted(local: str) -> tuple[str, str]:
    """Return the day and the hour of a wall clock's time as the fields of a form show them."""
    day, _, time = local.partition("T")
    # Seconds are shown where somebody declared some; parts of one no browser takes.
    whole = time.partition(".")[0]
    return day, whole.removesuffix(":00") if whole.count(":") == 2 else whole


def zones(words: Words, now: str | None) -> list[dict[str, str]]:
    """Return the clocks to choose from: those of Mexico by name, and the one that is chosen now."""
    known = [key.removeprefix("zones.") for key in catalogue() if key.startswith("zones.")]
    names = [name.replace("-", "/") for name in known]
    found = [{"code": name, "label": _zone(words, name)} for name in names]
    return found if not now or now in names else [*found, {"code": now, "label": now}]


def _zone(words: Words, name: str) -> str:
    said = words.named("zones", name.replace("/", "-"))
    return f"{said[:1].upper()}{said[1:]}"
