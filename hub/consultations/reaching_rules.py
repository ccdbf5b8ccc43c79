"""Reaching: whether anybody can answer in such a way that a rule becomes true.

The search begins with one goal, that the rule be true, and decides what is said to one question after another, only
to those that an open goal hangs on, among answers that stand for all (representing.py). Deciding may bring a goal of
its own: whoever answers a question sees it, and whoever does not answer a required one does not. A goal that has
failed ends the branch; when no goal is open, the others may answer as they please, and the rule can come true.

The search counts the values that it compares. When these are more than it may compare, it says nothing: a rule is
called unreachable only if the whole of the search found no way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, tee

from hub.consultations.display_rules import Comparison, Rule, Ruled, comparisons, references
from hub.consultations.representing import answers_to
from hub.consultations.showing import Said, judge


@dataclass(frozen=True)
class Goal:
    """A rule, what it has to be, and what it costs to look at it once."""

    rule: Rule
    wanted: bool
    cost: int


Way = tuple[Said | None, tuple[Goal, ...]]
"""What may be said to a question, None being nothing, and what has to be so for it."""


def weight(asked: Iterable[Comparison]) -> int:
    """Return how many values are compared with: what it costs to look at these comparisons once."""
    return sum(max(1, len(comparison.values)) for comparison in asked)


@dataclass(frozen=True)
class Stage:
    """The questions of a questionnaire by code, the rules that they have, and what these ask of each question."""

    questions: Mapping[str, Ruled]
    rules: Mapping[str, Rule]
    asked: Mapping[str, Sequence[tuple[str, Comparison]]]
    """By the code of the question that is asked: the code of the one whose rule asks, and the comparison."""

    @classmethod
    def of(cls, questions: Mapping[str, Ruled], rules: Mapping[str, Rule]) -> Stage:
        """Gather what the rules ask."""
        asked: dict[str, list[tuple[str, Comparison]]] = {code: [] for code in questions}
        for code, rule in rules.items():
            for comparison in comparisons(rule):
                asked.setdefault(comparison.question, []).append((code, comparison))
        return cls(questions, rules, asked)


class Search:
    """One search for answers that make a rule true. It gives up when `steps`, its cost so far, passes `limit`."""

    def __init__(self, rule: Rule, hangs_on: Collection[str], stage: Stage, *, limit: int) -> None:
        """Take a rule, and the codes of the questions that it hangs on: directly, or by the rules of those."""
        self._rule = rule
        self._hangs_on = hangs_on
        self._stage = stage
        self._limit = limit
        self._decided: dict[str, Said | None] = {}
        self._known: dict[str, Iterator[Way]] = {}
        self.steps = 0

    def finds(self) -> bool | None:
        """Say whether the rule can become true; None where the search took too long."""
        branches = [self._branch((_goal(self._rule, wanted=True),))]
        while branches and self.steps <= self._limit:
            code, ways, goals = branches[-1]
            self._decided.pop(code, None)
            way = next(ways, None)
            if way is None:
                branches.pop()
                continue
            self._decided[code] = way[0]
            still_open = self._still_open((*goals, *way[1]))
            if still_open == ():
                return True
            if still_open is not None:
                branches.append(self._branch(still_open))
        return False if self.steps <= self._limit else None

    def _branch(self, goals: tuple[Goal, ...]) -> tuple[str, Iterator[Way], tuple[Goal, ...]]:
        """Take up the first question that is not decided and that the first goal hangs on."""
        code = next(code for code in references(goals[0].rule) if code not in self._decided)
        self.steps += 1
        return code, self._ways(code), goals

    def _still_open(self, goals: Iterable[Goal]) -> tuple[Goal, ...] | None:
        """Return the goals on which nothing is settled yet; None if one of them has failed."""
        left: list[Goal] = []
        for goal in goals:
            self.steps += goal.cost
            verdict = judge(goal.rule, self._decided, partly=True)
            if verdict is None:
                left.append(goal)
            elif verdict is not goal.wanted:
                return None
        return tuple(left)

    def _ways(self, code: str) -> Iterator[Way]:
        if code not in self._known:
            self._known[code] = self._all_ways(self._stage.questions[code])
        # The first of the two stays at the beginning, and remembers what the other has drawn.
        self._known[code], ways = tee(self._known[code])
        return ways

    def _all_ways(self, question: Ruled) -> Iterator[Way]:
        rule = self._stage.rules.get(question.code)
        answers = answers_to(question, self._all_asked(question))
        first = next(answers, None)
        # A required question that its own limits leave no answer is left out by everybody.
        if not question.required or first is None:
            yield None, ()
        elif rule is not None:
            yield None, (_goal(rule, wanted=False),)
        if first is not None:
            seen = () if rule is None else (_goal(rule, wanted=True),)
            yield from ((said, seen) for said in chain((first,), answers))

    def _all_asked(self, question: Ruled) -> list[Comparison]:
        """Return what is asked of a question by the rule and by those of the questions that it hangs on."""
        elsewhere = self._stage.asked[question.code]
        asked = [comparison for comparison in comparisons(self._rule) if comparison.question == question.code]
        asked += [comparison for code, comparison in elsewhere if code in self._hangs_on]
        self.steps += len(elsewhere) + weight(asked) + len(question.options) + len(question.rows)
        return asked


def _goal(rule: Rule, *, wanted: bool) -> Goal:
    return Goal(rule, wanted, weight(comparisons(rule)))
