"""Rings: questions whose rules refer to each other in a circle, so that none of them could be shown first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

Graph = Mapping[str, Sequence[str]]
"""To which questions each question's rule refers."""

MOST_TOLD = 6
"""A longer ring is told by its first members."""


@dataclass(frozen=True)
class Ring:
    """A way from a question back to itself, and everything that is entangled with it."""

    told: str
    """The way as people read it: `a → b → a`."""
    entangled: frozenset[str]


def rings(refers: Graph) -> dict[str, Ring]:
    """Return a ring through each question that is in one."""
    entangled = {code: members for members in _entangled(refers) for code in members}
    found: dict[str, Ring] = {}
    for code in refers:
        if code in entangled and code not in found:
            way = _way_back(refers, code, entangled[code], told=found)
            found |= {here: Ring(_told(way, n), entangled[code]) for n, here in enumerate(way) if here not in found}
    return found


def _told(way: Sequence[str], start: int) -> str:
    turned = [way[(start + n) % len(way)] for n in range(min(len(way), MOST_TOLD))]
    return " → ".join([*turned, *(["…"] if len(way) > MOST_TOLD else []), way[start]])


def _entangled(refers: Graph) -> Iterator[frozenset[str]]:
    """Return each set of questions that lead to each other (Kosaraju's algorithm), if it is a ring at all."""
    referred: dict[str, list[str]] = defaultdict(list)
    for code, others in refers.items():
        for other in others:
            referred[other].append(code)
    seen: set[str] = set()
    for code in reversed(_left(refers)):
        if code not in seen:
            members = set(_left_from(referred, code, seen))
            if len(members) > 1 or code in refers[code]:
                yield frozenset(members)


def _left(graph: Graph) -> list[str]:
    """Return all questions in the order in which a walk in depth leaves them."""
    seen: set[str] = set()
    return [left for code in graph if code not in seen for left in _left_from(graph, code, seen)]


def _left_from(graph: Graph, start: str, seen: set[str]) -> Iterator[str]:
    seen.add(start)
    walk = [(start, iter(graph.get(start, ())))]
    while walk:
        code, others = walk[-1]
        further = next((other for other in others if other not in seen), None)
        if further is None:
            walk.pop()
            yield code
        else:
            seen.add(further)
            walk.append((further, iter(graph.get(further, ()))))


def _way_back(refers: Graph, start: str, members: Collection[str], *, told: Collection[str]) -> list[str]:
    """Return a shortest way from a question back to itself, without its end, through what is in no way told yet."""
    came_from: dict[str, str] = {}
    waiting = [start]
    for code in waiting:
        for other in sorted(refers[code], key=told.__contains__):
            if other == start:
                return _traced(came_from, start, code)
            if other in members and other not in came_from:
                came_from[other] = code
                waiting.append(other)
    raise AssertionError("Entangled questions lead back to each other.")


def _traced(came_from: Mapping[str, str], start: str, end: str) -> list[str]:
    way = [end]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]
