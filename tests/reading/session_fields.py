"""Sessions a second time: who sees them, what they show, whether there is a quorum, what follows for each viewer.

What is allowed is asked of the hub's own rules, with facts that are gathered here anew.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from hub.errors import Verdict
from hub.lifecycle import Transition
from hub.sessions.agenda_rules import PointFacts, agenda_transitions, point_transitions
from hub.sessions.minutes_rules import afterwards
from hub.sessions.models import AgendaItemState, SessionKind, SessionMode, SessionState
from hub.sessions.rules import BodyQuorum, SessionFacts, session_transitions
from hub.sessions.terms import Terms
from hub.viewer import Grant, Role, Scope, Viewer
from tests.reading.ground import Thing, in_force, unzoned, zoned
from tests.reading.parts import part
from tests.reading.seeing import INSIDERS
from tests.reading.transitions import Refusal, Transitions
from tests.reading.worlds import TABLES

ON_THE_AGENDA = ("accepted", "deferred", "dealt_with")
WAITING = ("proposed", "accepted")
UNDER_WAY = ("convened", "in_session", "adjourned")


class SessionFields(Transitions):
    """Sessions, their rules, their agendas, and who is there."""

    # ---- sight -------------------------------------------------------------------------------------------------

    def session_of(self, row: Any) -> Any:
        return self.world.get("session", row.session_id)

    @staticmethod
    def bodies_sitting(row: Any) -> list[UUID]:
        return [row.body_id, *row.joint_body_ids]

    def sits(self, row: Any) -> bool:
        """Whether the viewer sits in a body whose session it is."""
        return self.viewer.signed_in and any(self.viewer.holds(INSIDERS, id_) for id_ in self.bodies_sitting(row))

    def sees_session(self, row: Any) -> bool:
        return self.published(row.id) or self.sits(row)

    def sees_session_rules(self, row: Any) -> bool:
        return self.published(row.body_id)

    def sees_convocation(self, row: Any) -> bool:
        return self.sees_session(self.session_of(row))

    sees_quorum_count = sees_attendance = sees_convocation

    def sees_agenda_item(self, row: Any) -> bool:
        public = row.public and row.state in ON_THE_AGENDA and self.published(row.session_id)
        return public or self.sits(self.session_of(row))

    def sees_recusal(self, row: Any) -> bool:
        return self.sees_agenda_item(self.world.get("agenda_item", row.agenda_item_id))

    # ---- lists -------------------------------------------------------------------------------------------------

    def fits_session_body(self, row: Any, value: str) -> bool:
        return value in [f"Body_{id_}" for id_ in self.bodies_sitting(row)]

    def fits_session_starts_from(self, row: Any, value: str) -> bool:
        return row.starts_at >= dt.datetime.fromisoformat(value)

    def fits_session_starts_before(self, row: Any, value: str) -> bool:
        return row.starts_at < dt.datetime.fromisoformat(value)

    def Query_sessions(self, _: Any, **page: Any) -> Thing:
        return self.page("Session", "Query.sessions", self.world.session, **page)

    def Query_sessionByFolio(self, _: Any, folio: str) -> Thing | None:
        return self.by_folio("Session", folio)  # type: ignore[attr-defined, no-any-return]

    def Body_sessions(self, row: Any, **page: Any) -> Thing:
        own = [session for session in self.world.session if row.id in self.bodies_sitting(session)]
        return self.page("Session", "Body.sessions", own, **page)

    def Body_sessionRules(self, row: Any, **page: Any) -> Thing:
        return self.page("SessionRules", "Body.sessionRules", self.world.of("session_rules", body_id=row.id), **page)

    def Session_jointBodies(self, row: Any, **page: Any) -> Thing:
        own = [body for body in self.world.body if body.id in row.joint_body_ids]
        return self.page("Body", "Session.jointBodies", own, **page)

    def Session_convocations(self, row: Any, **page: Any) -> Thing:
        return self.page("Convocation", "Session.convocations", self.world.of("convocation", session_id=row.id), **page)

    def Session_quorumCounts(self, row: Any, **page: Any) -> Thing:
        own = self.world.of("quorum_count", session_id=row.id)
        return self.page("QuorumCount", "Session.quorumCounts", own, **page)

    def Session_attendance(self, row: Any, **page: Any) -> Thing:
        return self.page("Attendance", "Session.attendance", self.world.of("attendance", session_id=row.id), **page)

    def Session_agenda(self, row: Any, **page: Any) -> Thing:
        points = self.world.of("agenda_item", session_id=row.id)
        own = [point for point in points if point.parent_id is None and point.state in ON_THE_AGENDA]
        return self.page("AgendaItem", "Session.agenda", own, **page)

    def Session_requestedPoints(self, row: Any, **page: Any) -> Thing:
        own = [point for point in self.world.of("agenda_item", session_id=row.id) if point.requested_at is not None]
        return self.page("AgendaItem", "Session.requestedPoints", own, **page)

    def AgendaItem_items(self, row: Any, **page: Any) -> Thing:
        own = [point for point in self.world.of("agenda_item", parent_id=row.id) if point.state in ON_THE_AGENDA]
        return self.page("AgendaItem", "AgendaItem.items", own, **page)

    def AgendaItem_recusals(self, row: Any, **page: Any) -> Thing:
        return self.page("Recusal", "AgendaItem.recusals", self.world.of("recusal", agenda_item_id=row.id), **page)

    # ---- what they show ----------------------------------------------------------------------------------------

    def any_session(self, row: Any) -> Thing | None:
        return self.one("Session", row.session_id)

    def any_membership(self, row: Any) -> Thing | None:
        return self.one("Membership", row.membership_id)

    def Recusal_agendaItem(self, row: Any) -> Thing | None:
        return self.one("AgendaItem", row.agenda_item_id)

    def AgendaItem_requestedBy(self, row: Any) -> Thing | None:
        return self.one("Membership", row.requested_by_id)

    def Session_rules(self, row: Any) -> Thing | None:
        return self.one("SessionRules", row.rules_id)

    def Session_previousCall(self, row: Any) -> Thing | None:
        return self.one("Session", row.previous_call_id)

    def Session_nextCall(self, row: Any) -> Thing | None:
        following = self.world.of("session", previous_call_id=row.id)
        return self.one("Session", following[0].id) if following else None

    def Session_link(self, row: Any) -> str | None:
        return row.link if self.sits(row) else None

    @staticmethod
    def declared(at: dt.datetime, local: dt.datetime, zone: str) -> Thing:
        return part("Moment", instant=zoned(at), declaredLocal=unzoned(local), zone=zone)

    def any_starts(self, row: Any) -> Thing:
        return self.declared(row.starts_at, row.starts_local, row.zone)

    def Session_resumes(self, row: Any) -> Thing | None:
        return self.declared(row.resumes_at, row.resumes_local, row.zone) if row.resumes_at else None

    @staticmethod
    def minutes(begun: dt.datetime | None, ended: dt.datetime | None) -> int | None:
        return (ended - begun) // dt.timedelta(minutes=1) if begun and ended else None

    def Session_usedMinutes(self, row: Any) -> int | None:
        return self.minutes(row.opened_at, row.ended_at)

    def AgendaItem_usedMinutes(self, row: Any) -> int | None:
        return self.minutes(row.started_at, row.ended_at)

    def AgendaItem_number(self, row: Any) -> str | None:
        if not row.position:
            return None
        above = self.world.get("agenda_item", row.parent_id)
        return f"{above.position}.{row.position}" if above else str(row.position)

    def SessionRules_terms(self, row: Any) -> Thing:
        given = row.terms

        def share(of: Any) -> Thing:
            return part("Share", numerator=of["numerator"], denominator=of["denominator"], moreThan=of["more_than"])

        kinds = [
            part(
                "SessionKindTerms",
                kind=kind["kind"].upper(),
                noticeDays=kind["notice_days"],
                workingDays=kind["working_days"],
                pointHours=kind["point_hours"],
                convenedBy=[role.upper() for role in kind["convened_by"]],
            )
            for kind in given["kinds"]
        ]
        quorums = [
            part("QuorumTerms", share=share(one["share"]), of=one["of"].upper(), least=one["least"])
            for one in given["quorums"]
        ]
        majorities = [
            part(
                "MajorityTerms",
                matter=one["matter"],
                name=self.in_words(one["name"]),
                share=share(one["share"]),
                of=one["of"].upper(),
                abstentionsCount=one["abstentions_count"],
                secret=one["secret"],
            )
            for one in given["majorities"]
        ]
        delay = given["next_call"]
        return part(
            "SessionTerms",
            kinds=kinds,
            quorums=quorums,
            nextCall=part("DelayTerms", amount=delay["amount"], unit=delay["unit"].upper()),
            majorities=majorities,
            castingVote=given["casting_vote"],
            remoteVoice=given["remote_voice"],
            remoteVote=given["remote_vote"],
            alternates=given["alternates"],
            minutesMode=given["minutes_mode"].upper(),
            minutesDays=given["minutes_days"],
            holidays=given["holidays"],
        )

    # ---- what may come next ------------------------------------------------------------------------------------

    def terms_of(self, row: Any) -> Terms | None:
        bound = self.world.get("session_rules", row.rules_id)
        if bound is None:
            own = self.world.of("session_rules", body_id=row.body_id)
            begun = [rules for rules in own if rules.valid_from <= self.now]
            bound = max(begun, key=lambda rules: rules.version, default=None)
        return None if bound is None else Terms.from_json(bound.terms)

    def holds_seat(self, row: Any) -> bool:
        standing = row.state in ("active", "on_leave") and not row.alternate
        return standing and in_force(self.now, row.valid_from, row.valid_until)

    def quorums_of(self, row: Any, terms: Terms | None) -> tuple[BodyQuorum, ...]:
        if terms is None:
            return ()
        quorum, found = terms.quorum(call=row.call), []
        there = [one for one in self.world.of("attendance", session_id=row.id) if one.left_at is None]
        for body_id in self.bodies_sitting(row):
            seats = [seat for seat in self.world.of("seat", body_id=body_id) if seat.voting]
            present = [one for one in there if one.seat_id in {seat.id for seat in seats}]
            present = [one for one in present if one.mode == "in_person" or terms.remote_vote]
            seats = [seat for seat in seats if seat.state != "abolished"]
            if quorum.of == "filled":
                seats = [s for s in seats if any(map(self.holds_seat, self.world.of("membership", seat_id=s.id)))]
            needed = quorum.needed(of=len(seats))
            found.append(BodyQuorum(body_id=body_id, seats=len(seats), needed=needed, present=len(present)))
        return tuple(found)

    def facts_of(self, row: Any) -> SessionFacts:
        terms = self.terms_of(row)
        points = self.world.of("agenda_item", session_id=row.id)
        return SessionFacts(
            state=SessionState(row.state),
            body_id=row.body_id,
            joint_body_ids=tuple(row.joint_body_ids),
            kind=SessionKind(row.kind),
            mode=SessionMode(row.mode),
            starts_at=row.starts_at,
            zone=row.zone,
            now=self.now,
            terms=terms,
            open_points=sum(point.state in WAITING for point in points),
            votes_open=sum(motion.state == "put" for motion in self.known("motion", session_id=row.id)),
            quorums=self.quorums_of(row, terms),
        )

    def known(self, table: str, **named: Any) -> list[Any]:
        """Return the rows of a table that the worlds may not have yet."""
        return self.world.of(table, **named) if table in TABLES else []

    def acting_viewer(self) -> Viewer:
        """Return who is asking in the form that the rules take."""
        return Viewer(
            person_id=self.viewer.person_id,
            scopes=frozenset(map(Scope, self.viewer.scopes)),
            grants=tuple(Grant(Role(role), body_id) for role, body_id in self.viewer.grants),
        )

    def told(self, found: list[Transition]) -> list[Thing]:
        return [self.transition(one.event, self.refusal_of(one.verdict)) for one in found]

    @staticmethod
    def refusal_of(verdict: Verdict) -> Refusal:
        return None if verdict is True else (verdict.code, dict(verdict.facts))

    def Session_quorum(self, row: Any) -> list[Thing]:
        quorums = self.quorums_of(row, self.terms_of(row)) if row.state in UNDER_WAY else ()
        return [
            part(
                "BodyQuorum",
                bodyId=f"Body_{quorum.body_id}",
                seats=quorum.seats,
                needed=quorum.needed,
                present=quorum.present,
                met=quorum.present >= quorum.needed,
            )
            for quorum in quorums
        ]

    def Session_availableTransitions(self, row: Any) -> list[Thing]:
        facts, viewer = self.facts_of(row), self.acting_viewer()
        later = afterwards(viewer, body_id=facts.body_id, session_state=facts.state)
        return [
            *self.told([*session_transitions(viewer, facts), *agenda_transitions(viewer, facts)]),
            *self.verdicts(later),
        ]

    def AgendaItem_availableTransitions(self, row: Any) -> list[Thing]:
        motions = self.known("motion", agenda_item_id=row.id)
        votes = [vote for motion in motions for vote in self.known("vote_event", motion_id=motion.id)]
        facts = PointFacts(
            session=self.facts_of(self.session_of(row)),
            state=AgendaItemState(row.state),
            begun=row.started_at is not None,
            motions=len(motions),
            votes=sum(vote.state != "annulled" for vote in votes),
            open_parts=sum(part_.state in WAITING for part_ in self.world.of("agenda_item", parent_id=row.id)),
        )
        return self.told(point_transitions(self.acting_viewer(), facts))
