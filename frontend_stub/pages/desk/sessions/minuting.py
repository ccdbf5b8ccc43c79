"""What is done to the minutes of a session, to what is observed of them, and to the tasks that it gave."""

from __future__ import annotations

from frontend_stub.acting import Act, Box, Instant, Kept, Shown, Text

NAMED = "minutesId"

ACTS = {
    "redactar": Act(
        "write_minutes",
        names=NAMED,
        event="write_minutes",
        fields=(
            Text("text", label="minutes_text", rows=24),
            Kept("basedOn", number=True, before=lambda node: node["number"]),
        ),
    ),
    "circular": Act(
        "circulate_minutes",
        names=NAMED,
        event="circulate_minutes",
        fields=(Instant("observationsUntil", optional=True),),
    ),
    "observar": Act(
        "observe_minutes",
        names=NAMED,
        new=True,
        event="observe",
        fields=(Text("text", label="observation"),),
    ),
    "aprobar": Act("approve_minutes", names=NAMED, event="approve_minutes", sure=True),
    "firmar": Act("sign_minutes", names=NAMED, event="sign_minutes", fields=(Shown("contentHash"),), sure=True),
    "publicar": Act("publish_minutes", names=NAMED, event="publish_minutes", sure=True),
    "adenda": Act(
        "add_addendum",
        names=NAMED,
        new=True,
        event="add_to_minutes",
        fields=(Text("text", label="addendum"),),
        sure=True,
    ),
}

OBSERVATION = {
    "contestar": Act(
        "answer_observation",
        names="observationId",
        new=True,
        event="take_up",
        fields=(Box("takenUp"), Text("answer")),
    ),
}

TASK = {
    "terminar": Act("finish_action_item", names="actionItemId", new=True, event="finish", fields=(Text("evidence"),)),
    "dejar": Act(
        "drop_action_item",
        names="actionItemId",
        new=True,
        event="drop",
        fields=(Text("reason"),),
        sure=True,
        grave=True,
    ),
}
