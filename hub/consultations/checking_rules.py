"""Checking the display rules of a questionnaire: everything that is wrong with them at once.

A rule is wrong if it cannot be read, if it names what does not exist, asks a question for what it cannot say,
looks ahead, goes round in a circle, or can never become true. The last of these is only asked of rules that are
otherwise right and hang on rules that are; and where the search takes too long, nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hub.consultations.display_rules import (
    Comparison,
    Operator,
    Rule,
    Ruled,
    comparisons,
    date_of,
    number_of,
    references,
    text_of,
    truth_of,
)
from hub.consultations.parsing_rules import parse
from hub.consultations.reaching_rules import Search, Stage
from hub.consultations.rings import Ring, rings
from hub.errors import Problem

MOST_STEPS = 400_000
"""How many comparisons are looked at for a whole questionnaire, and for one rule of it."""
MOST_STEPS_FOR_ONE = 50_000

LONGEST_QUOTE = 120
"""How much of a comparison a problem repeats."""

SAMENESS = frozenset({Operator.IS, Operator.IS_NOT, Operator.IN})
HOLDING = frozenset({Operator.HAS, Operator.HAS_ANY, Operator.HAS_ALL})
ORDER = frozenset({Operator.LESS, Operator.AT_MOST, Operator.MORE, Operator.AT_LEAST})


@dataclass(frozen=True)
class Fitting:
    """What a kind of question can be asked, beside whether it was answered."""

    name: str
    """Under which name the catalogue words it."""
    operators: frozenset[Operator] = frozenset()
    reads: Callable[[str], object | None] | None = None
    """Reads a value; None where values are the codes of options."""


FITTING: Mapping[str, Fitting] = {
    "single_choice": Fitting("single_choice", SAMENESS),
    "multiple_choice": Fitting("multiple_choice", HOLDING),
    "ranking": Fitting("ranking", SAMENESS | HOLDING),
    "scale": Fitting("number", SAMENESS | ORDER, number_of),
    "number": Fitting("number", SAMENESS | ORDER, number_of),
    "date": Fitting("date", SAMENESS | ORDER, date_of),
    "matrix": Fitting("matrix", SAMENESS),
    "consent": Fitting("consent", frozenset({Operator.IS}), truth_of),
    "notice": Fitting("nothing"),
}
"""What each kind of question can be asked. All others can only be asked whether they were answered."""

ONLY_WHETHER = Fitting("answered")


def check_rules(questions: Sequence[Ruled], *, most_steps: int = MOST_STEPS) -> list[Problem]:
    """Return everything that is wrong with the rules of a questionnaire, whose questions are given in order."""
    read = [None if q.display_rule is None else parse(q.display_rule, path=_place(q)) for q in questions]
    plan = _Plan(questions, [None if isinstance(rule, Problem) else rule for rule in read])
    found: list[Problem] = []
    for position, (question, rule) in enumerate(zip(questions, read, strict=True)):
        if isinstance(rule, Problem):
            found.append(rule)
            continue
        problems = [] if rule is None else plan.problems(position, question, rule)
        found += problems
        hangs_on = None if problems else plan.settle(question, rule)
        if rule is not None and hangs_on is not None:
            search = Search(rule, hangs_on, plan.stage, limit=min(most_steps, MOST_STEPS_FOR_ONE))
            if search.finds() is False:
                found.append(Problem("RULE_UNREACHABLE", _place(question)))
            most_steps = max(0, most_steps - search.steps)
    return found


def _place(question: Ruled) -> tuple[str, ...]:
    return (*question.path, "displayRule")


class _Plan:
    """The questions of a questionnaire by code, their order, and what the rule of each hangs on.

    Codes that are used twice are a problem of their own; a rule that names one means the first question.
    """

    def __init__(self, questions: Sequence[Ruled], rules: Sequence[Rule | None]) -> None:
        self._position: dict[str, int] = {}
        for position, question in enumerate(questions):
            self._position.setdefault(question.code, position)
        self._questions = {code: questions[position] for code, position in self._position.items()}
        first = {code: rules[position] for code, position in self._position.items()}
        self.stage = Stage.of(self._questions, {code: rule for code, rule in first.items() if rule is not None})
        self._rings = rings({code: self._known(first[code]) for code in first})
        self._hangs_on: dict[str, frozenset[str]] = {}

    def _known(self, rule: Rule | None) -> list[str]:
        return [] if rule is None else [code for code in references(rule) if code in self._position]

    def problems(self, position: int, question: Ruled, rule: Rule) -> list[Problem]:
        """Return what is wrong with a rule that could be read, each thing once."""
        found = self._problems(position, question, rule)
        return list({(problem.code, *problem.facts.values()): problem for problem in found}.values())

    def _problems(self, position: int, question: Ruled, rule: Rule) -> Iterator[Problem]:
        place = _place(question)
        for comparison in comparisons(rule):
            asked = self._questions.get(comparison.question)
            if asked is None:
                yield Problem("RULE_UNKNOWN_QUESTION", place, {"question": comparison.question})
            else:
                yield from _misfits(comparison, asked, place)
        named = self._known(rule)
        ring = self._rings.get(question.code, Ring("", frozenset()))
        if any(code in ring.entangled for code in named):
            yield Problem("RULE_CIRCULAR", place, {"ring": ring.told})
        for code in named:
            if self._position[code] >= position and code not in ring.entangled:
                yield Problem("RULE_LATER_QUESTION", place, {"question": code})

    def settle(self, question: Ruled, rule: Rule | None) -> frozenset[str] | None:
        """Note and return what a question hangs on; None if some of that is not right, so that nothing follows."""
        below: set[str] = set()
        # What comes last mostly hangs on the others already.
        for code in sorted(references(rule) if rule is not None else (), key=self._position.__getitem__, reverse=True):
            if code not in self._hangs_on:
                return None
            if code not in below:
                below |= self._hangs_on[code]
                below.add(code)
        if self._questions[question.code] is question:
            self._hangs_on[question.code] = frozenset(below)
        return frozenset(below)


def _misfits(comparison: Comparison, asked: Ruled, place: tuple[str, ...]) -> Iterator[Problem]:
    """Say what a comparison wants of a question that this question does not have."""
    fitting = FITTING.get(asked.kind, ONLY_WHETHER)
    if not _fits(comparison, asked, fitting):
        facts = {"question": asked.code, "comparison": text_of(comparison)[:LONGEST_QUOTE], "fitting": fitting.name}
        yield Problem("RULE_WRONG_TYPE", place, facts)
    if comparison.operator not in fitting.operators:
        return
    unknown: list[tuple[str, str]] = []
    if comparison.row is not None and asked.kind == "matrix" and comparison.row not in asked.rows:
        unknown.append(("row", comparison.row))
    if fitting.reads is None:
        unknown += [("option", value) for value in comparison.values if value not in asked.options]
    for part, code in unknown:
        yield Problem("RULE_UNKNOWN_OPTION", place, {"question": asked.code, "part": part, "option": code})


def _fits(comparison: Comparison, asked: Ruled, fitting: Fitting) -> bool:
    if comparison.operator is Operator.ANSWERED:
        return asked.kind != "notice"
    if comparison.operator not in fitting.operators or (comparison.row is not None) != (asked.kind == "matrix"):
        return False
    return fitting.reads is None or all(fitting.reads(value) is not None for value in comparison.values)
