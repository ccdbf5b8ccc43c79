"""A mark on each table that everybody may read, which is another one after each commit that wrote it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

MARKED = (
    "account",
    "answer",
    "answer_choice",
    "body",
    "client",
    "consultation",
    "consultation_territory",
    "dated_name",
    "entry",
    "event",
    "invitation",
    "mandate",
    "matrix_row",
    "option",
    "organization",
    "person",
    "question",
    "questionnaire_revision",
    "representation",
    "response",
    "result_cell",
    "result_release",
    "result_table",
    "role_grant",
    "section",
    "territory",
    "timetable_notice",
)

# Whoever writes, by whichever program, notes the name of the table for the time of the transaction; whoever does so
# first leaves a row, for which the other function is called at the commit. There is one number to wait for, that of the
# log (`hub/changes/log.py`): those who commit stand in one line in any case, so that no two meet crosswise in the marks.
FUNCTIONS = """
CREATE FUNCTION note_written() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    noted text := coalesce(current_setting('hub.written', true), '');
BEGIN
    IF noted = '' THEN
        INSERT INTO public.write_under_way DEFAULT VALUES;
        noted := ' ';
    END IF;
    IF position(' ' || TG_TABLE_NAME || ' ' IN noted) = 0 THEN
        PERFORM set_config('hub.written', noted || TG_TABLE_NAME || ' ', true);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION mark_written() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    noted text := current_setting('hub.written', true);
BEGIN
    PERFORM set_config('hub.written', '', true);
    PERFORM pg_advisory_xact_lock(7106407);
    UPDATE public.table_mark SET mark = gen_random_uuid() WHERE name = ANY (string_to_array(noted, ' '));
    DELETE FROM public.write_under_way WHERE id = NEW.id;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER written_at_commit AFTER INSERT ON write_under_way
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION mark_written();
"""


def upgrade() -> None:
    op.create_table(
        "table_mark",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mark", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("table_mark_pkey")),
        # Rows are rewritten all the time, and find the place for it on their own page.
        postgresql_with={"fillfactor": 25},
    )
    op.create_table(
        "write_under_way",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("write_under_way_pkey")),
        prefixes=["UNLOGGED"],
    )
    for statement in FUNCTIONS.strip().split("\n\n"):
        op.execute(statement)
    for name in MARKED:
        op.execute(f"INSERT INTO table_mark (name) VALUES ('{name}')")
        op.execute(
            f"CREATE TRIGGER {name}_noted AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {name} "
            "FOR EACH STATEMENT EXECUTE FUNCTION note_written()"
        )


def downgrade() -> None:
    for name in MARKED:
        op.execute(f"DROP TRIGGER {name}_noted ON {name}")
    op.drop_table("write_under_way")
    op.drop_table("table_mark")
    op.execute("DROP FUNCTION mark_written()")
    op.execute("DROP FUNCTION note_written()")
