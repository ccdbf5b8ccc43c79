"""Activities: each asks a rule and records a fact, and only a change begins a transaction."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
from collections import defaultdict

import hub.models
from hub.changes.event import Event
from hub.lifecycle import Lifecycle
from hub.machines import MACHINES
from tests.shape.activities import CONCEPTS, RECORDS, Functions, activity_files, functions
from tests.shape.project import NOTHING, PACKAGES, ROOT, exceptions, files, module_name, tree

FUNCTIONS = functions()
ACTIVITIES = {
    function.full_name: function
    for module in map(module_name, activity_files())
    for function in FUNCTIONS.by_name.values()
    if function.module == module and function.is_activity
}
RULES = {name for name in FUNCTIONS.by_name if name.rpartition(".")[2].startswith("may_")} | {"hub.errors.require"}

ASKED_BEFORE = {
    "hub.bodies.seating.occupy": "Part of seating somebody, and of letting somebody join; those have asked.",
    "hub.consultations.concluding.told": "Part of concluding; that has asked.",
    "hub.bodies.leaving.conclude": "Part of ending a membership, and of seating somebody after one; those have asked.",
    "hub.consultations.noticing.catch_up": "Part of every act about time, and of keeping it; those have asked.",
    "hub.consultations.reporting.publish_version": "Part of publishing findings and corrections; those have asked.",
    "hub.consultations.noticing.open_notice": "Part of publishing; that has asked.",
    "hub.consultations.saving.expire_drafts": "What keeping time does, once a draft's time is over.",
    "hub.consultations.saving.forget_draft": "Part of sending what was begun; that has asked.",
    "hub.consultations.timekeeping.move": "What keeping time does, once an instant has passed.",
    "hub.consultations.unlinking.mix": "Part of answering anonymously; that has asked.",
    "hub.consultations.unlinking.mix_all": "What keeping time does at the closing.",
    "hub.consultations.unlinking.mix_networks": "Part of answering anonymously; that has asked.",
    "hub.consultations.unlinking.take_turns": "Part of answering anonymously; that has asked.",
    "hub.consultations.writing.answered_questionnaire": "Part of answering and of handing a file in; those have asked.",
    "hub.consultations.writing.count_answers": "Part of whatever changes a response's state; that has asked.",
    "hub.consultations.writing.places_of": "Part of writing a response or a draft; its own activity has asked.",
    "hub.consultations.writing.write_response": "Part of submitting, changing and entering; those have asked.",
    "hub.files.keeping.lock_bytes": "Part of keeping and of sweeping.",
    "hub.files.requesting.give": "Part of asking for a ticket; whoever gives one has asked.",
    "hub.identity.ending.end_sign_ins_of": "Part of ending all, and of leaving for good; those have asked.",
    "hub.identity.granting.revoke_personal": "Part of leaving for good; that has asked.",
    "hub.identity.requesting.send_code": "Part of wishing to sign in, and to show again who one is; those have asked.",
    "hub.identity.confirming.sign_in": "Part of confirming; that has asked.",
    "hub.identity.granting.revoke_all": "Part of ending a program or leaving an organisation; those have asked.",
    "hub.identity.creating.open_account": "Part of confirming a sign-in, and of exchanging; those have asked.",
    "hub.identity.verifying.note_verification": "Part of verifying, and of exchanging; those have asked.",
    "hub.mail.writing.withdraw_letters": "Part of ending what the letters are about; that has asked.",
    "hub.mail.writing.withdraw_letters_to": "Part of forgetting somebody; that has asked.",
    "hub.mail.writing.write_letter": "Part of what the letter is about; that has asked.",
    "hub.personal_data.collecting.collected": "Part of copying; that has asked.",
    "hub.people.representing.valid_representation": "Part of answering for an organisation; that has asked.",
    "hub.register.registering.give_folio": "Part of adopting and publishing a thing; its own activity has asked.",
    "hub.register.registering.make_public": "Part of publishing a thing; the thing's own activity has asked.",
    "hub.register.registering.publish": "Part of publishing a thing; the thing's own activity has asked.",
    "hub.register.registering.register": "Part of making a thing; the thing's own activity has asked.",
}
"""Activities that ask no rule, since all who call them have asked."""

LOOK_UPS = {
    "hub.register.rewriting.entry_as_read": "Reads the entry of what an edit has asked about.",
    "hub.bodies.finding.body_of_acronym": "Finds a body by what it is called.",
    "hub.consultations.forgetting.consultations_of": "Finds where somebody took part.",
    "hub.identity.appointing.other_administrators": "Counts who else runs the platform.",
    "hub.identity.confirming.requested": "Finds a request by its secret.",
    "hub.identity.departing.obstacle": "Finds what only somebody who is leaving can do.",
    "hub.identity.granting.token_id": "Finds a token by its secret.",
    "hub.identity.verifying.valid_verification": "Finds what stands for the natural person who is asking.",
    "hub.mail.writing.letters_to": "Finds the letters to an address.",
    "hub.people.representing.valid_representation": "Finds in what right the viewer speaks for an organisation.",
    "hub.sessions.narrating.narrated": "Tells what was recorded of a session; drafting its minutes asks and records.",
}
"""Functions of a change that only look something up: whoever goes on to act asks."""

UPKEEP = {
    "hub.files.sweeping.forget_unnamed": "Drops what is kept for a time only.",
    "hub.files.sweeping.let_go": "Drops what is kept for a time only.",
    "hub.identity.reminding.remind": "Writes the letters that are due by the clock.",
    "hub.identity.tidying.tidy": "Drops what is kept for a time only.",
    "hub.personal_data.forgetting.tidy": "Drops what is kept for a time only.",
    "hub.consultations.timekeeping.tidy": "Drops what is kept for a time only.",
}
"""What the hub does by itself when a time is over, without anybody who asks, and with nothing that happened."""

RECORDED_ELSEWHERE = {
    "hub.bodies.arranging.place": "Part of founding a body and of writing its charter anew; those say so.",
    "hub.consultations.concluding.told": "The fact is the conclusion.",
    "hub.consultations.saving.forget_draft": "The fact is the response's.",
    "hub.consultations.unlinking.mix": "The fact is the response's.",
    "hub.consultations.unlinking.mix_all": "The fact is the closing.",
    "hub.consultations.unlinking.mix_networks": "The fact is the response's.",
    "hub.consultations.unlinking.take_turns": "The fact is the response's.",
    "hub.consultations.writing.count_answers": "The fact is the response's.",
    "hub.mail.writing.withdraw_letters": "The fact is the end of what the letters are about.",
    "hub.mail.writing.withdraw_letters_to": "The fact is that somebody is forgotten.",
    "hub.mail.writing.write_letter": "The fact is what the letter is about.",
    "hub.personal_data.collecting.collected": "The fact is the copy.",
    "hub.register.registering.give_folio": "The fact is the thing's own.",
    "hub.register.registering.make_public": "The fact is the thing's own.",
    "hub.register.registering.publish": "The fact is the thing's own.",
    "hub.register.registering.register": "The fact is the thing's own.",
}
"""Activities that record no fact, since all who call them do."""

KEPT_SILENT = {
    "hub.mandates.ordering.ordered_mandate": "It finds and locks what a work rests on.",
    "hub.consultations.publishing.check_draft": "It says what a draft still lacks, and changes nothing.",
    "hub.consultations.saving.discard": "What somebody has begun and not sent is told to nobody.",
    "hub.consultations.saving.expire_drafts": "What somebody has begun and not sent is told to nobody.",
    "hub.consultations.saving.save": "What somebody has begun and not sent is told to nobody.",
    "hub.consultations.fetching.find_answer_file": "It finds what a file is, for whoever may have it.",
    "hub.consultations.fetching.request_answer_download": "A link that nobody has followed is told to nobody.",
    "hub.consultations.uploading.request_answer_upload": "What was not handed in is told to nobody.",
    "hub.consultations.writing.answered_questionnaire": "It finds the wording that is answered.",
    "hub.consultations.writing.places_of": "It looks up the territories that are named.",
    "hub.files.attaching.uploaded": "It finds the file that a ticket names.",
    "hub.files.fetching.find_document": "It finds what a document is, for whoever may have it.",
    "hub.files.keeping.keep": "What was handed in and is attached to nothing is told to nobody.",
    "hub.files.keeping.lock_bytes": "It waits.",
    "hub.files.requesting.give": "What was not handed in is told to nobody.",
    "hub.files.requesting.request_download": "A link that nobody has followed is told to nobody.",
    "hub.files.requesting.request_upload": "What was not handed in is told to nobody.",
    "hub.identity.reauthenticating.require_fresh": "It finds whether somebody has just shown who they are.",
    "hub.personal_data.finding.account_of_address": "It finds whoever asks for their data.",
    "hub.people.representing.valid_representation": "It finds and locks what an act relies on.",
}
"""Activities that nobody hears of."""

TRANSACTIONS = {
    "hub.allowances.settling": "Counts what callers spend, which is no fact, on a connection of its own.",
    "hub.app": "Reads the keys of the pseudonyms before a statement, on the writers' engine.",
    "hub.changes.change": "The one door of writing.",
    "hub.changes.feed": "Follows the log, and has the connections of LISTEN and NOTIFY.",
    "hub.changes.marks": "Looks which tables were written, on a connection that no caller waits for.",
    "hub.database.address": "Asks a server for its version before anything else knows it.",
    "hub.database.revisions": "What schema a database has is asked before anything else knows it.",
    "hub.database.migrating": "Migrations, which Alembic runs on a connection of their own.",
    "hub.database.migrations.env": "Migrations, which Alembic runs on a connection of their own.",
    "hub.identity.authenticating": "Reads who bears a token, and notes the hour, before there is a viewer.",
    "hub.mail.carrying": "Connects to a mail server, and to no database.",
    "hub.reading.connections": "The one door of reading.",
    "hub.sessions.calling": "A session is a sitting of a body.",
    "hub.sessions.planning": "A session is a sitting of a body.",
    "hub.web.health": "Tries whether the database takes a write, on a connection that no caller waits for.",
}
"""Modules that open a connection or a transaction. All others write by a change and read by a plan."""

OPENERS = {"begin", "begin_nested", "commit", "rollback", "connect", "begin_transaction"}
TRIED_OTHERWISE = {
    "hub.consultations.fetching.find_answer_file": "tests/consultations/test_answer_files.py: a GET of the path",
    "hub.files.fetching.find_document": "tests/files/test_giving_out.py: a GET of the path",
    "hub.files.keeping.keep": "tests/files/test_handing_in.py: a PUT to the path",
    "hub.mail.writing.letters_to": "tests/personal_data/test_copying.py: a GET of the link",
    "hub.personal_data.collecting.collected": "tests/personal_data/test_copying.py: a GET of the link",
    "hub.personal_data.copying.copy_for": "tests/journeys/test_persons.py: `hub person export`",
    "hub.personal_data.copying.fetch_personal_data": "tests/personal_data/test_copying.py: a GET of the link",
    "hub.personal_data.erasing.erase_person": "tests/journeys/test_persons.py: `hub person erase`",
}
"""Activities that tests reach by a command or over HTTP, which no call and no mutation shows."""

CHANGES = {"changes", "_changes", "progress", "store", "Staging"}
"""What `begin` is called on where it begins a change, or something that is no transaction."""


def test_there_are_activities() -> None:
    """The guards below look at something."""
    assert {name.split(".")[1] for name in ACTIVITIES} >= {
        "people",
        "bodies",
        "identity",
        "mandates",
        "consultations",
    }


def test_every_activity_asks_a_rule() -> None:
    """It requires a verdict, or calls an activity that does."""
    silent = {name for name, function in ACTIVITIES.items() if not FUNCTIONS.reaches(function, ends=RULES)}
    assert exceptions(silent, {**ASKED_BEFORE, **LOOK_UPS, **UPKEEP}) == NOTHING


def test_every_activity_records_a_fact() -> None:
    """It records one itself, or calls an activity that does."""
    silent = {name for name, function in ACTIVITIES.items() if not FUNCTIONS.reaches(function, methods=RECORDS)}
    assert exceptions(silent, {**RECORDED_ELSEWHERE, **KEPT_SILENT, **LOOK_UPS, **UPKEEP}) == NOTHING


def test_what_relies_on_its_callers_has_callers_who_do_it() -> None:
    """Who calls a function that asks nothing has asked; who calls one that records nothing records."""
    for name in ASKED_BEFORE:
        callers = [found for found in FUNCTIONS.callers(name) if found.module.split(".")[1] in CONCEPTS]
        assert callers, name
        assert [found.full_name for found in callers if not _asks(found.full_name)] == [], name
    for name in RECORDED_ELSEWHERE:
        callers = [found for found in FUNCTIONS.callers(name) if found.module.split(".")[1] in CONCEPTS]
        assert [found.full_name for found in callers if not _records(found.full_name)] == [], name


def test_writing_that_is_no_activity_is_part_of_one() -> None:
    """What takes a change in a file that is not named after an activity is called by one that is."""
    parts = [f for f in FUNCTIONS.by_name.values() if f.is_activity and f.module.split(".")[1] in CONCEPTS]
    alone = [f.full_name for f in parts if f.full_name not in ACTIVITIES and not _serves_an_activity(f.full_name)]
    assert alone == []


def _serves_an_activity(name: str, seen: frozenset[str] = frozenset()) -> bool:
    callers = [function.full_name for function in FUNCTIONS.callers(name) if function.full_name not in seen]
    return any(found in ACTIVITIES or _serves_an_activity(found, seen | {name}) for found in callers)


def _asks(name: str, seen: frozenset[str] = frozenset()) -> bool:
    """Whether a function asks a rule, or is a private part of functions that all do."""
    if FUNCTIONS.reaches(FUNCTIONS.by_name[name], ends=RULES):
        return True
    callers = [function.full_name for function in FUNCTIONS.callers(name) if function.full_name not in seen]
    return bool(callers) and all(_asks(found, seen | {name}) for found in callers)


def _records(name: str, seen: frozenset[str] = frozenset()) -> bool:
    if FUNCTIONS.reaches(FUNCTIONS.by_name[name], methods=RECORDS):
        return True
    callers = [function.full_name for function in FUNCTIONS.callers(name) if function.full_name not in seen]
    return bool(callers) and all(_records(found, seen | {name}) for found in callers)


def test_only_a_change_begins_a_transaction() -> None:
    """No other module opens a session, a connection or a transaction, except those above."""
    found = defaultdict(list)
    for path in files(".py", under=PACKAGES):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and _opens(node.func):
                found[module_name(path)].append(node.lineno)
    assert exceptions(found, TRANSACTIONS) == NOTHING, {name: found[name] for name in set(found) - set(TRANSACTIONS)}


def _opens(called: ast.expr) -> bool:
    if isinstance(called, ast.Name):
        return called.id in ("AsyncSession", "Session", "async_sessionmaker", "sessionmaker")
    if not isinstance(called, ast.Attribute) or called.attr not in OPENERS:
        return False
    return not (called.attr == "begin" and ast.unparse(called.value).rpartition(".")[2] in CHANGES)


# ---- facts -------------------------------------------------------------------------------------------------


def _events() -> list[type[Event]]:
    for path in (ROOT / "hub").glob("*/events.py"):
        importlib.import_module(module_name(path))
    waiting, found = [Event], []
    while waiting:
        for event in waiting.pop().__subclasses__():
            waiting.append(event)
            if dataclasses.fields(event):
                found.append(event)
    return found


def test_every_fact_is_documented_and_recorded() -> None:
    """An event is frozen, has a sentence of its own, names its entity, and something records it."""
    named = {
        node.id for path in files(".py", under=["hub"]) for node in ast.walk(tree(path)) if isinstance(node, ast.Name)
    }
    for event in _events():
        kept = {field.name for field in dataclasses.fields(event)}
        assert event.__dataclass_params__.frozen, event  # type: ignore[attr-defined]
        assert (inspect.getdoc(event) or "").endswith("."), event
        assert {event.entity, *event.public} | ({event.entry} if event.entry else set()) <= kept, event
        assert event.__name__ in named, f"{event.__name__} is never recorded"
        assert event.__module__.endswith("events"), event


def test_facts_hold_no_text() -> None:
    """No field of an event is made for what people write."""
    for event in _events():
        texts = [field.name for field in dataclasses.fields(event) if str(field.type) in ("str", "str | None")]
        assert texts == [], event


def test_every_life_cycle_is_in_the_database() -> None:
    """The machines of the concepts are those that `hub migrate` loads."""
    found: dict[str, Lifecycle] = {}
    for path in (ROOT / "hub").glob("*/*.py"):
        if path.parent.name in CONCEPTS:
            module = importlib.import_module(module_name(path))
            found |= {value.machine: value for value in vars(module).values() if isinstance(value, Lifecycle)}
    assert {machine.machine: machine for machine in MACHINES} == found
    assert set(found) <= set(hub.models.metadata.tables)


def test_every_activity_is_tried() -> None:
    """Some test calls it, or sends the mutation that does."""
    tests = [path for path in files(".py", under=["tests"]) if "shape" not in path.parts]
    sent = "\n".join(path.read_text(encoding="utf-8") for path in tests)
    callers = list(Functions(tests).by_name.values())
    callers += [
        function
        for function in FUNCTIONS.by_name.values()
        if function.module.startswith("graphql_schema.") and _camel(function.name.rpartition(".")[2]) in sent
    ]
    tried = {name for function in callers for name in function.calls}
    waiting = [FUNCTIONS.by_name[name] for name in tried if name in FUNCTIONS.by_name]
    while waiting:
        further = waiting.pop().calls - tried
        tried |= further
        waiting += [FUNCTIONS.by_name[name] for name in further if name in FUNCTIONS.by_name]
    assert exceptions(set(ACTIVITIES) - tried, TRIED_OTHERWISE) == NOTHING
    assert [place for place in TRIED_OTHERWISE.values() if not (ROOT / place.partition(":")[0]).exists()] == []


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
