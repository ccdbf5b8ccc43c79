"""Motions, votes, minutes and tasks a second time: who sees them, what they show, what follows for each viewer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hub.errors import Verdict
from hub.sessions.minutes_models import ActionItemState, MinutesState, ObservationState
from hub.sessions.minutes_rules import MinutesFacts, may_answer_observation, minutes_verdicts, task_verdicts
from hub.sessions.models import AgendaItemState, SessionState
from hub.sessions.vote_models import MotionState, VoteMethod, VoteResult, VoteState
from hub.sessions.vote_rules import MotionFacts, Standing, VoteFacts, motion_transitions, vote_transitions
from tests.reading.ground import Thing, in_force
from tests.reading.seeing import OFFICERS
from tests.reading.session_fields import SessionFields

UNDECIDED = ("tabled", "put")


class VoteFields(SessionFields):
    """Motions, votes, minutes and tasks."""

    # ---- sight -------------------------------------------------------------------------------------------------

    def sees_motion(self, row: Any) -> bool:
        return self.sees_agenda_item(self.world.get("agenda_item", row.agenda_item_id))

    def sees_vote_event(self, row: Any) -> bool:
        return self.sees_motion(self.world.get("motion", row.motion_id))

    def sees_vote(self, row: Any) -> bool:
        event = self.world.get("vote_event", row.vote_event_id)
        return (event.closed_at is not None and self.sees_vote_event(event)) or self.voted(row)

    def voted(self, row: Any) -> bool:
        """Whether it is the viewer's own vote."""
        held = self.world.get("membership", row.membership_id)
        return self.viewer.signed_in and held.person_id == self.viewer.person_id

    def sees_minutes(self, row: Any) -> bool:
        session = self.session_of(row)
        public = row.state == "published" and self.sees_session(session)
        kept = self.viewer.signed_in and self.viewer.holds(OFFICERS, session.body_id)
        return public or (row.state != "draft" and self.sits(session)) or kept

    def sees_observation(self, row: Any) -> bool:
        return self.sees_minutes(self.world.get("minutes", row.minutes_id))

    def sees_action_item(self, row: Any) -> bool:
        if row.agenda_item_id is None:
            return self.sees_session(self.session_of(row))
        return self.sees_agenda_item(self.world.get("agenda_item", row.agenda_item_id))

    # ---- lists -------------------------------------------------------------------------------------------------

    def Session_motions(self, row: Any, **page: Any) -> Thing:
        return self.page("Motion", "Session.motions", self.world.of("motion", session_id=row.id), **page)

    def AgendaItem_motions(self, row: Any, **page: Any) -> Thing:
        return self.page("Motion", "AgendaItem.motions", self.world.of("motion", agenda_item_id=row.id), **page)

    def Motion_amendments(self, row: Any, **page: Any) -> Thing:
        return self.page("Motion", "Motion.amendments", self.world.of("motion", amends_id=row.id), **page)

    def Motion_votes(self, row: Any, **page: Any) -> Thing:
        return self.page("VoteEvent", "Motion.votes", self.world.of("vote_event", motion_id=row.id), **page)

    def Minutes_observations(self, row: Any, **page: Any) -> Thing:
        own = self.world.of("observation", minutes_id=row.id)
        return self.page("Observation", "Minutes.observations", own, **page)

    def Session_actionItems(self, row: Any, **page: Any) -> Thing:
        own = self.world.of("action_item", session_id=row.id)
        return self.page("ActionItem", "Session.actionItems", own, **page)

    def by_seat(self, row: Any) -> tuple[Any, ...]:
        seat = self.world.get("seat", row.seat_id)
        return seat.body_id, seat.ordinal, seat.id

    def VoteEvent_seats(self, row: Any) -> list[Thing]:
        own = sorted(self.world.of("voting_seat", vote_event_id=row.id), key=self.by_seat)
        return [Thing("VotingSeat", seat) for seat in own if self.sees_vote_event(row)]

    def VoteEvent_votes(self, row: Any) -> list[Thing]:
        own = sorted(self.world.of("vote", vote_event_id=row.id), key=self.by_seat)
        return [Thing("Vote", vote) for vote in own if self.sees_vote(vote)]

    def VoteEvent_sectorCounts(self, row: Any) -> list[Thing]:
        own = sorted(self.world.of("sector_count", vote_event_id=row.id), key=lambda count: count.sector)
        return [Thing("SectorCount", count) for count in own if self.sees_vote_event(row)]

    def VoteEvent_viewerVote(self, row: Any) -> Thing | None:
        own = [vote for vote in self.world.of("vote", vote_event_id=row.id) if self.voted(vote)]
        return Thing("Vote", min(own, key=lambda vote: vote.id)) if own else None

    def of_minutes(self, type_: str, table: str, row: Any, *keys: str) -> list[Thing]:
        own = sorted(self.world.of(table, minutes_id=row.id), key=lambda one: [getattr(one, key) for key in keys])
        return [Thing(type_, one) for one in own if self.sees_minutes(row)]

    def Minutes_revisions(self, row: Any) -> list[Thing]:
        return self.of_minutes("MinutesRevision", "minutes_revision", row, "number")

    def Minutes_signatures(self, row: Any) -> list[Thing]:
        return self.of_minutes("MinutesSignature", "minutes_signature", row, "signed_at", "id")

    def Minutes_addenda(self, row: Any) -> list[Thing]:
        return self.of_minutes("MinutesAddendum", "minutes_addendum", row, "number")

    # ---- what they show ----------------------------------------------------------------------------------------

    def Motion_wording(self, row: Any) -> Thing:
        carried = [other for other in self.world.of("motion", amends_id=row.id) if other.state == "carried"]
        newest = max(carried, key=lambda other: (other.decided_at, other.number), default=row)
        return Thing("LocalizedText", newest.text)

    def any_agendaItem(self, row: Any) -> Thing | None:
        return self.one("AgendaItem", row.agenda_item_id)

    def any_minutes(self, row: Any) -> Thing | None:
        return self.one("Minutes", row.minutes_id)

    def Motion_mover(self, row: Any) -> Thing | None:
        return self.one("Membership", row.mover_id)

    def Motion_amends(self, row: Any) -> Thing | None:
        return self.one("Motion", row.amends_id)

    def Motion_vote(self, row: Any) -> Thing | None:
        standing = [vote for vote in self.world.of("vote_event", motion_id=row.id) if vote.state != "annulled"]
        return self.one("VoteEvent", standing[0].id) if standing else None

    def VoteEvent_motion(self, row: Any) -> Thing | None:
        return self.one("Motion", row.motion_id)

    def Session_minutes(self, row: Any) -> Thing | None:
        own = self.world.of("minutes", session_id=row.id)
        return self.one("Minutes", own[0].id) if own else None

    def newest(self, row: Any) -> Any:
        return max(self.world.of("minutes_revision", minutes_id=row.id), key=lambda revision: revision.number)

    def Minutes_number(self, row: Any) -> int:
        return int(self.newest(row).number)

    def Minutes_text(self, row: Any) -> Thing:
        return Thing("LocalizedText", self.newest(row).text)

    def Minutes_textHash(self, row: Any) -> str:
        return str(self.newest(row).content_hash)

    def Minutes_approvedBy(self, row: Any) -> Thing | None:
        return self.one("VoteEvent", row.approved_by_id)

    def ActionItem_owner(self, row: Any) -> Thing | None:
        return self.one("Membership", row.owner_id)

    def ActionItem_late(self, row: Any) -> bool:
        return row.state == "open" and row.due_on is not None and row.due_on < self.this_day

    # ---- what may come next ------------------------------------------------------------------------------------

    def verdicts(self, found: list[tuple[str, Verdict]]) -> list[Thing]:
        return [self.transition(event, self.refusal_of(verdict)) for event, verdict in found]

    def Motion_availableTransitions(self, row: Any) -> list[Thing]:
        session, mover = self.session_of(row), self.world.get("membership", row.mover_id)
        amendments = [other for other in self.world.of("motion", amends_id=row.id) if other.state in UNDECIDED]
        facts = MotionFacts(
            body_id=session.body_id,
            session_state=SessionState(session.state),
            point_state=AgendaItemState(self.world.get("agenda_item", row.agenda_item_id).state),
            state=MotionState(row.state),
            mover_id=mover and mover.person_id,
            amendments=len(amendments),
        )
        return self.told(motion_transitions(self.acting_viewer(), facts))

    def VoteEvent_availableTransitions(self, row: Any) -> list[Thing]:
        session = self.session_of(row)
        rules = self.world.get("session_rules", session.rules_id)
        point = self.world.get("motion", row.motion_id).agenda_item_id
        excused = {recusal.seat_id for recusal in self.world.of("recusal", agenda_item_id=point)}
        voting = {seat.seat_id: seat.has_voted for seat in self.world.of("voting_seat", vote_event_id=row.id)}
        own = [
            one.seat_id
            for one in self.world.of("attendance", session_id=session.id)
            if one.left_at is None and one.seat_id in voting and self.voted(one)
        ]
        facts = VoteFacts(
            body_id=session.body_id,
            session_state=SessionState(session.state),
            state=VoteState(row.state),
            method=VoteMethod(row.method),
            result=row.result and VoteResult(row.result),
            chair_decides=bool(rules and rules.terms["casting_vote"]),
        )
        standing = Standing(
            entitled=bool(own),
            recused=any(seat in excused for seat in own),
            has_voted=bool(own) and all(voting[seat] for seat in own),
        )
        return self.told(vote_transitions(self.acting_viewer(), facts, standing))

    def Minutes_availableTransitions(self, row: Any) -> list[Thing]:
        session = self.session_of(row)
        rules = self.world.get("session_rules", session.rules_id)
        own = [
            held
            for held in self.world.membership
            if self.viewer.signed_in
            and (held.person_id, held.state) == (self.viewer.person_id, "active")
            and held.body_id in self.bodies_sitting(session)
            and in_force(self.now, held.valid_from, held.valid_until)
        ]
        ids = {held.id for held in own}
        there = {one.membership_id for one in self.world.of("attendance", session_id=session.id)}
        leads = [held for held in own if not held.alternate and held.body_id == session.body_id]
        posts = {self.world.get("seat", held.seat_id).post for held in leads}
        signed = {one.membership_id for one in self.world.of("minutes_signature", minutes_id=row.id)}
        facts = MinutesFacts(
            body_id=session.body_id,
            state=MinutesState(row.state),
            observations_until=row.observations_until,
            unanswered=sum(one.state == "made" for one in self.world.of("observation", minutes_id=row.id)),
            seated=bool(own),
            signed=bool(ids & signed),
            attended=bool(ids & there) or bool(posts & {"coordinator", "secretary"}),
            by_silence=rules is not None and rules.terms["minutes_mode"] == "no_objection",
            zone=session.zone,
            now=self.now,
        )
        return self.verdicts(minutes_verdicts(self.acting_viewer(), facts))

    def Observation_availableTransitions(self, row: Any) -> list[Thing]:
        if row.state != "made":
            return []
        body_id = self.session_of(self.world.get("minutes", row.minutes_id)).body_id
        verdict = may_answer_observation(self.acting_viewer(), body_id=body_id, state=ObservationState(row.state))
        return self.verdicts([("take_up", verdict), ("set_aside", verdict)])

    def ActionItem_availableTransitions(self, row: Any) -> list[Thing]:
        owner = self.world.get("membership", row.owner_id)
        asked = self.viewer.signed_in and owner is not None and owner.person_id == self.viewer.person_id
        viewer = replace(self.acting_viewer(), represents=tuple(self.viewer.represents))
        own = asked or row.organization_id in self.viewer.represents
        body_id = self.session_of(row).body_id
        return self.verdicts(task_verdicts(viewer, body_id=body_id, state=ActionItemState(row.state), own=own))
