"""The table: who × what. It says what people were promised (domain.md, sections 9 and 10), and knows nothing of rules.

A line is a thing, or with a dot a part of a thing that fewer people are told than know of the thing. `●` is told it,
to everybody else it is as if it were not there. Nothing here follows from the program's own conditions: whoever changes
one of those changes a line here by hand, and says why in the commit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

VIEWERS: Final = {
    "V": "a visitor",
    "C": "a citizen whom nothing concerns",
    "O": "Ana, whose own it is",
    "R": "Rosa, who speaks for the organisation",
    "P": "the program of that organisation",
    "Q": "the program of another organisation",
    "N": "the analyst of the body",
    "K": "the coordinator of the body",
    "S": "the secretary of the body",
    "M": "a member of the body",
    "E": "the coordinator, secretary and analyst of another body",
    "F": "whose roles and representation have ended",
    "D": "an administrator",
}

SEEN: Final = "●"

TABLE: Final = """
                                                        V C O R P Q N K S M E F D

Territory: a place                                      ● ● ● ● ● ● ● ● ● ● ● ● ●
Body: in the register                                   ● ● ● ● ● ● ● ● ● ● ● ● ●
Body: hidden                                            · · · · · · · · · · · · ·
BodyCharter: of a body in the register                  ● ● ● ● ● ● ● ● ● ● ● ● ●
BodyCharter: of a body that is hidden                   · · · · · · · · · · · · ·
ParityRule: of a body in the register                   ● ● ● ● ● ● ● ● ● ● ● ● ●
ParityRule: of a body that is hidden                    · · · · · · · · · · · · ·
InterestDeclaration: of a body in the register          ● ● ● ● ● ● ● ● ● ● ● ● ●
InterestDeclaration: of a body that is hidden           · · · · · · · · · · · · ·
InterestDeclaration.matter: of a member                 · · · · · · · ● ● ● · · ·
JoinRequest: Ana's                                      · · ● · · · · ● ● · · · ·
JoinRequest: an invitation to the organisation          · · · ● · · · ● ● · · · ·
Seat: of a body in the register                         ● ● ● ● ● ● ● ● ● ● ● ● ●
Seat: of a body that is hidden                          · · · · · · · · · · · · ·
Membership: who sits there                              ● ● ● ● ● ● ● ● ● ● ● ● ●
Membership: who sat there once                          ● ● ● ● ● ● ● ● ● ● ● ● ●
Membership: Ana, who is proposed                        · · ● · · · · ● ● · · · ·
Membership: in a body that is hidden                    · · · · · · · · · · · · ·
Membership.reason: of who sat there once                · · · · · · · ● ● ● · ● ·
Membership.person: a member, whose profile is not       · · · · · · · · · ● · · ·
Membership.gender: of a member                          · · · · · · · · · ● · · ·

Instrument: published                                   ● ● ● ● ● ● ● ● ● ● ● ● ●
Instrument: a draft                                     · · · · · · · ● ● ● · · ·
InstrumentRevision: of what is published                ● ● ● ● ● ● ● ● ● ● ● ● ●
InstrumentRevision: of a draft                          · · · · · · · ● ● ● · · ·
Agreement: signed                                       ● ● ● ● ● ● ● ● ● ● ● ● ●
Agreement: a draft                                      · · · ● · · · ● ● ● · · ·
Agreement: a draft of others                            · · · · · · · · · · ● · ·
WorkProgramme: approved                                 ● ● ● ● ● ● ● ● ● ● ● ● ●
WorkProgramme: a draft                                  · · · · · · · ● ● ● · · ·
SessionRules: of a body in the register                 ● ● ● ● ● ● ● ● ● ● ● ● ●
Session: planned                                        · · · · · · · ● ● ● · · ·
Session: planned with another body                      · · · · · · · ● ● ● ● · ·
Session: held                                           ● ● ● ● ● ● ● ● ● ● ● ● ●
Session.link: of what is held                           · · · · · · · ● ● ● · · ·
Convocation: of what is held                            ● ● ● ● ● ● ● ● ● ● ● ● ●
QuorumCount: of what is held                            ● ● ● ● ● ● ● ● ● ● ● ● ●
AgendaItem: of what is planned                          · · · · · · · ● ● ● · · ·
AgendaItem: of what is planned with another body        · · · · · · · ● ● ● ● · ·
AgendaItem: of what is held                             ● ● ● ● ● ● ● ● ● ● ● ● ●
AgendaItem: for the members alone                       · · · · · · · ● ● ● · · ·
AgendaItem: asked for by a member                       · · · · · · · ● ● ● · · ·
AgendaItem.title: for the members alone                 · · · · · · · ● ● ● · · ·
Attendance: in what is held                             ● ● ● ● ● ● ● ● ● ● ● ● ●
Recusal: in what is held                                ● ● ● ● ● ● ● ● ● ● ● ● ●
Recusal: in a point for the members alone               · · · · · · · ● ● ● · · ·
Recusal.reason: in a point for the members alone        · · · · · · · ● ● ● · · ·
Motion: in what is held                                 ● ● ● ● ● ● ● ● ● ● ● ● ●
Motion: under a point for the members alone             · · · · · · · ● ● ● · · ·
Motion.text: under a point for the members alone        · · · · · · · ● ● ● · · ·
Motion.minutes: circulated                              · · · · · · · ● ● ● · · ·
Motion.instrument: a draft                              · · · · · · · ● ● ● · · ·
VoteEvent: in what is held                              ● ● ● ● ● ● ● ● ● ● ● ● ●
VoteEvent: under a point for the members alone          · · · · · · · ● ● ● · · ·
VoteEvent.votesFor: while it is open                    · · · · · · · · · · · · ·
VoteEvent.votesFor: of what was voted                   ● ● ● ● ● ● ● ● ● ● ● ● ●
VoteEvent.votesFor: of what was voted in secret         ● ● ● ● ● ● ● ● ● ● ● ● ●
VoteEvent.viewerVote: while it is open                  · · · · · · · · · ● · · ·
VoteEvent.viewerVote: in secret                         · · · · · · · · · · · · ·
VoteEvent.votes: while it is open                       · · · · · · · · · ● · · ·
VoteEvent.votes: under a point for the members alone    · · · · · · · ● ● ● · · ·
Minutes: being drafted                                  · · · · · · · ● ● · · · ·
Minutes: circulated                                     · · · · · · · ● ● ● · · ·
Minutes: published                                      ● ● ● ● ● ● ● ● ● ● ● ● ●
Minutes.text: draft                                     · · · · · · · ● ● · · · ·
Minutes.text: circulated                                · · · · · · · ● ● ● · · ·
Observation: on what is circulated                      · · · · · · · ● ● ● · · ·
Observation: on what is published                       ● ● ● ● ● ● ● ● ● ● ● ● ●
Observation.text: on what is circulated                 · · · · · · · ● ● ● · · ·
Observation.text: on what is published                  ● ● ● ● ● ● ● ● ● ● ● ● ●
ActionItem: in what is held                             ● ● ● ● ● ● ● ● ● ● ● ● ●
ActionItem: of a point for the members alone            · · · · · · · ● ● ● · · ·
ActionItem.task: of a point for the members alone       · · · · · · · ● ● ● · · ·

Organization: in the register                           ● ● ● ● ● ● ● ● ● ● ● ● ●
Organization: hidden                                    · · · · · · · · · · · · ·

Document: of a body                                     ● ● ● ● ● ● ● ● ● ● ● ● ●
Document: of a body, for its members                    · · · · · · · ● ● ● · · ·
Document: of another body, for its members              · · · · · · · · · · ● · ·
Document: of a draft                                    · · · · · · ● ● ● ● · · ·
Document: of an agreement's draft                       · · · ● · · ● ● ● ● · · ·
Document: of an agreement's draft, for the body's own   · · · · · · · ● ● ● · · ·
Document: of what is hidden                             · · · · · · ● ● ● ● · · ·

Mandate: ordered with what is published                 ● ● ● ● ● ● ● ● ● ● ● ● ●
Mandate: of a draft                                     · · · · · · ● ● ● · · · ·
Mandate: of another body's draft                        · · · · · · · · · · ● · ·
Mandate: hidden                                         · · · · · · ● ● ● · · · ·

Consultation: scheduled                                 ● ● ● ● ● ● ● ● ● ● ● ● ●
Consultation: open                                      ● ● ● ● ● ● ● ● ● ● ● ● ●
Consultation: suspended                                 ● ● ● ● ● ● ● ● ● ● ● ● ●
Consultation: closed                                    ● ● ● ● ● ● ● ● ● ● ● ● ●
Consultation: in analysis                               ● ● ● ● ● ● ● ● ● ● ● ● ●
Consultation: with published findings                   ● ● ● ● ● ● ● ● ● ● ● ● ●
Consultation: withdrawn                                 ● ● ● ● ● ● ● ● ● ● ● ● ●
Consultation: draft                                     · · · · · · ● ● ● · · · ·
Consultation: draft of another body                     · · · · · · · · · · ● · ·
Consultation: hidden                                    · · · · · · ● ● ● · · · ·
Consultation.responseCount: open                        · · · · · · · · · · · · ·
Consultation.responseCount: closed                      ● ● ● ● ● ● ● ● ● ● ● ● ●
Consultation.participation: open                        · · · · · · ● ● ● · · · ·
Consultation.participation: closed                      ● ● ● ● ● ● ● ● ● ● ● ● ●
Consultation.viewerDraft: what Ana began                · · ● · · · · · · · · · ·
Consultation.viewerResponse: what Ana answered          · · ● · · · · · · · · · ·

QuestionnaireRevision: in force                         ● ● ● ● ● ● ● ● ● ● ● ● ●
QuestionnaireRevision: superseded                       ● ● ● ● ● ● ● ● ● ● ● ● ●
QuestionnaireRevision: of a draft                       · · · · · · ● ● ● · · · ·
QuestionnaireRevision: of another body's draft          · · · · · · · · · · ● · ·
QuestionnaireRevision: of what is hidden                · · · · · · ● ● ● · · · ·
Section: in force                                       ● ● ● ● ● ● ● ● ● ● ● ● ●
Section: superseded                                     ● ● ● ● ● ● ● ● ● ● ● ● ●
Section: of a draft                                     · · · · · · ● ● ● · · · ·
Section: of another body's draft                        · · · · · · · · · · ● · ·
Section: of what is hidden                              · · · · · · ● ● ● · · · ·
Question: in force                                      ● ● ● ● ● ● ● ● ● ● ● ● ●
Question: superseded                                    ● ● ● ● ● ● ● ● ● ● ● ● ●
Question: of a draft                                    · · · · · · ● ● ● · · · ·
Question: of another body's draft                       · · · · · · · · · · ● · ·
Question: of what is hidden                             · · · · · · ● ● ● · · · ·
Question.tally: of what is open                         · · · · · · · · · · · · ·
Question.tally: of what is closed                       ● ● ● ● ● ● ● ● ● ● ● ● ●
Question.tally: of what is asked in confidence          · · · · · · · · · · · · ·
TimetableNotice: of what is published                   ● ● ● ● ● ● ● ● ● ● ● ● ●
TimetableNotice: of what is hidden                      · · · · · · · · · · · · ·
ResultRelease: of what is closed                        ● ● ● ● ● ● ● ● ● ● ● ● ●
ResultRelease: of what was withdrawn                    · · · · · · · · · · · · ·
ResultRelease: of what is hidden                        · · · · · · · · · · · · ·
ResultTable: of what is closed                          ● ● ● ● ● ● ● ● ● ● ● ● ●
ResultTable: of what was withdrawn                      · · · · · · · · · · · · ·
ResultTable: of what is hidden                          · · · · · · · · · · · · ·
ConsultationReport: published                           ● ● ● ● ● ● ● ● ● ● ● ● ●
ConsultationReport: being written                       · · · · · · ● ● ● · · · ·
ConsultationReport: of what is hidden                   · · · · · · ● ● ● · · · ·
Statement: published                                    ● ● ● ● ● ● ● ● ● ● ● ● ●
Statement: corrected                                    ● ● ● ● ● ● ● ● ● ● ● ● ●
Statement: being written                                · · · · · · ● ● ● · · · ·
Statement: given up                                     · · · · · · ● ● ● · · · ·
Statement: of what is hidden                            · · · · · · ● ● ● · · · ·

Response: received while it is open                     · · ● · · · ● ● ● · · · ·
Response: replaced                                      · · ● · · · ● ● ● · · · ·
Response: withdrawn                                     · · ● · · · ● ● ● · · · ·
Response: held                                          · · ● · · · ● ● ● · · · ·
Response: refused                                       · · ● · · · ● ● ● · · · ·
Response: an organisation's while it is open            · · · ● · · ● ● ● · · · ·
Response: anonymous while it is open                    · · · · · · ● ● ● · · · ·
Response: counted and published                         ● ● ● ● ● ● ● ● ● ● ● ● ●
Response: counted and published with the name           ● ● ● ● ● ● ● ● ● ● ● ● ●
Response: counted and published, an organisation's      ● ● ● ● ● ● ● ● ● ● ● ● ●
Response: counted and not published                     · · ● · · · ● ● ● · · · ·
Response: to what was withdrawn                         · · ● · · · ● ● ● · · · ·
Response: to what is hidden                             · · ● · · · ● ● ● · · · ·
Response.answers: said while it is open                 · · ● · · · ● ● ● · · · ·
Response.answers: what was replaced                     · · ● · · · ● ● ● · · · ·
Response.answers: what was withdrawn                    · · ● · · · ● ● ● · · · ·
Response.answers: what is held                          · · ● · · · ● ● ● · · · ·
Response.answers: what was refused                      · · ● · · · ● ● ● · · · ·
Response.answers: an organisation's while it is open    · · · ● · · ● ● ● · · · ·
Response.answers: anonymous while it is open            · · · · · · ● ● ● · · · ·
Response.answers: public                                ● ● ● ● ● ● ● ● ● ● ● ● ●
Response.answers: confidential                          · · ● · · · ● ● ● · · · ·
Response.answers: personal                              · · ● · · · ● ● ● · · · ·
Response.answers: withheld one by one                   · · ● · · · ● ● ● · · · ·
Response.answers: counted and not published             · · ● · · · ● ● ● · · · ·
Response.answers: to what was withdrawn                 · · ● · · · ● ● ● · · · ·
Response.answers: to what is hidden                     · · ● · · · ● ● ● · · · ·
Response.respondentName: let be published               ● ● ● ● ● ● ● ● ● ● ● ● ●
Response.respondentName: kept back                      · · · · · · · · · · · · ·
Response.organization: kept back                        · · · ● · · ● ● ● · · · ·
Response.territory: of a published response             · · ● · · · ● ● ● · · · ·
Response.similarTo: of a published response             · · · · · · ● ● ● · · · ·

Study: ordered                                          ● ● ● ● ● ● ● ● ● ● ● ● ●
Study: hidden                                           · · · · · · ● ● ● · · · ·
StudyMember: of what was ordered                        ● ● ● ● ● ● ● ● ● ● ● ● ●
StudyMember: of what is hidden                          · · · · · · ● ● ● · · · ·
StudyMilestone: of what was ordered                     ● ● ● ● ● ● ● ● ● ● ● ● ●
StudyMilestone: of what is hidden                       · · · · · · ● ● ● · · · ·
StudyRevision: of what is published                     ● ● ● ● ● ● ● ● ● ● ● ● ●
StudyRevision: of what is in review                     · · ● ● · · ● ● ● ● · · ·
StudyRevision: of another body's draft                  · · · · · · · · · · ● · ·
StudyRevision: of what is hidden                        · · · · · · ● ● ● ● · · ·
Finding: of what is published                           ● ● ● ● ● ● ● ● ● ● ● ● ●
Finding: of what is in review                           · · ● ● · · ● ● ● ● · · ·
Finding: of another body's draft                        · · · · · · · · · · ● · ·
Finding: of what is hidden                              · · · · · · ● ● ● ● · · ·
StudyDataset: of what is published                      ● ● ● ● ● ● ● ● ● ● ● ● ●
StudyDataset: of what is in review                      · · ● ● · · ● ● ● ● · · ·
StudyDataset: of another body's draft                   · · · · · · · · · · ● · ·
StudyDataset: of what is hidden                         · · · · · · ● ● ● ● · · ·
PeerReview: of what is published                        ● ● ● ● ● ● ● ● ● ● ● ● ●
PeerReview: of what is in review                        · · ● ● · · ● ● ● · · · ·
PeerReview: of what is hidden                           · · · · · · ● ● ● · · · ·
PeerReview.name: of a blind review                      · · ● · · · · ● ● · · · ·

Person: oneself                                           ● ● ●     ● ● ● ● ● ● ●
Person: somebody with a public profile                  ● ● ● ● ● ● ● ● ● ● ● ● ●
Person: somebody else                                   · · · · · · · · · · · · ·
Person.displayName: of who answered without a name      · · · · · · · · · · · · ·
SignIn: one's own                                         ● ● ●     ● ● ● ● ● ● ●
SignIn: of somebody else                                · · · · · · · · · · · · ·
LinkedIdentity: Ana's                                   · · ● · · · · · · · · · ·
Token: one's own                                          ● ● ●     ● ● ● ● ● ● ●
Token: of somebody else                                 · · · · · · · · · · · · ·
Token: of the organisation's program                    · · · ● · · · · · · · · ●
Token: of another organisation's program                · · · · · · · · · · · · ●
Client: of the organisation                             · · · ● ● · · · · · · · ●
Client: an ended one                                    · · · ● · · · · · · · · ●
Client: of another organisation                         · · · · · ● · · · · · · ●
Client.contact: of the organisation                     · · · ● ● · · · · · · · ●
Client.endReason: of an ended one                       · · · ● · · · · · · · · ●

RoleGrant: who leads a body or keeps its papers         ● ● ● ● ● ● ● ● ● ● ● ● ●
RoleGrant: who did so once                              ● ● ● ● ● ● ● ● ● ● ● ● ●
RoleGrant: the analyst's                                · · · · · · ● ● ● · · · ●
RoleGrant: an analyst's that has ended                  · · · · · · · ● ● · · ● ●
RoleGrant: an analyst's of another body                 · · · · · · · · · · ● · ●
RoleGrant: in a body that is hidden                     · · · · · · · · · · · · ●
RoleGrant: an administrator's                           · · · · · · · · · · · · ●
RoleGrant.reason: the coordinator's                     · · · · · · · ● ● · · · ●
RoleGrant.endReason: of who kept the papers once        · · · · · · · ● ● · · ● ●
RoleGrant.personName: the coordinator's                 ● ● ● ● ● ● ● ● ● ● ● ● ●
RoleGrant.person: the coordinator, whose profile is not · · · · · · · ● · · · · ·
Representation: asked for by Ana                        · · ● · · · · ● ● · ● · ·
Representation: Rosa's                                  · · · ● · · · ● ● · ● · ·
Representation: one that has ended                      · · · · · · · ● ● · ● ● ·
Representation.evidence: asked for by Ana               · · ● · · · · ● ● · ● · ·
Representation.person: Ana, whose profile is not public · · ● · · · · · · · · · ·

Change: of what is published                            ● ● ● ● ● ● ● ● ● ● ● ● ●
Change: of what is not, or was hidden                   · · · · · · · · · · · · ·

Kept: a mail address                                    · · · · · · · · · · · · ·
Kept: a provider's name for somebody                    · · · · · · · · · · · · ·
Kept: a token                                           · · · · · · · · · · · · ·
Kept: the code of an invitation                         · · · · · · · · · · · · ·
Kept: what Ana began and did not send                   · · ● · · · · · · · · · ·
"""


@dataclass(frozen=True)
class Line:
    """One line: who is told of a thing or of a part of one, and for whom there is such a thing at all."""

    name: str
    told: frozenset[str]
    asked_of: frozenset[str]

    @property
    def type(self) -> str:
        """The type of the thing."""
        return self.name.partition(":")[0].partition(".")[0]

    @property
    def field(self) -> str:
        """The field; empty where it is about the thing itself."""
        return self.name.partition(":")[0].partition(".")[2]


def read(table: str) -> dict[str, Line]:
    """Return the lines by what they are about."""
    head, *rest = [line for line in table.splitlines() if line.strip()]
    places = {letter: head.index(letter) for letter in VIEWERS}
    start = min(places.values())
    lines = {}
    for line in rest:
        assert len(line) == len(head), line
        marks = {letter: line[place] for letter, place in places.items()}
        assert {*marks.values()} <= {SEEN, "·", " "}, line
        told = frozenset(letter for letter, mark in marks.items() if mark == SEEN)
        name = line[:start].strip()
        assert name not in lines, name
        lines[name] = Line(name, told, frozenset(letter for letter, mark in marks.items() if mark != " "))
    return lines


LINES: Final = read(TABLE)
