"""What the database itself refuses: unlawful moves, a changed log, a changed questionnaire."""

from alembic import op

revision = "0002"
down_revision = "0001"

SEARCH = """
CREATE TEXT SEARCH CONFIGURATION hub_spanish (COPY = spanish);

ALTER TEXT SEARCH CONFIGURATION hub_spanish
    ALTER MAPPING FOR asciiword, hword, hword_part, word, asciihword, hword_asciipart
    WITH unaccent, spanish_stem;
"""

LAWFUL_MOVES = """
CREATE FUNCTION require_lawful_move() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text := '';
BEGIN
    IF TG_OP = 'UPDATE' THEN before := OLD.state; END IF;
    PERFORM FROM event
        WHERE entity_id = NEW.id AND machine = TG_ARGV[0] AND source = before AND target = NEW.state
          AND transaction = pg_current_xact_id()::text::bigint;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'The % % went from "%" to "%" without the event of a lawful move.',
            TG_ARGV[0], NEW.id, before, NEW.state USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
"""

MACHINES = ("mandate", "consultation", "response")

APPEND_ONLY = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of % are only ever added.', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER event_not_emptied BEFORE TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

# A revision is immutable once published: neither it nor anything in it may be added, changed or removed. Only its
# state may still go on, to superseded.
IMMUTABLE = """
CREATE FUNCTION refuse_published(revision uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM questionnaire_revision WHERE id = revision AND state <> 'draft';
    IF FOUND THEN
        RAISE EXCEPTION 'Revision % is published and never changes; make a new one.', revision
            USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

CREATE FUNCTION refuse_in_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM refuse_published(OLD.revision_id); END IF;
    IF TG_OP <> 'DELETE' THEN PERFORM refuse_published(NEW.revision_id); RETURN NEW; END IF;
    RETURN OLD;
END $$;

CREATE FUNCTION refuse_option_in_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM refuse_published((SELECT revision_id FROM question WHERE id = OLD.question_id));
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM refuse_published((SELECT revision_id FROM question WHERE id = NEW.question_id)); RETURN NEW;
    END IF;
    RETURN OLD;
END $$;

CREATE FUNCTION refuse_published_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (TG_OP = 'DELETE' OR NEW.state = 'draft'
        OR (NEW.id, NEW.consultation_id, NEW.number, NEW.revision_class, NEW.content_hash, NEW.published_at)
           IS DISTINCT FROM
           (OLD.id, OLD.consultation_id, OLD.number, OLD.revision_class, OLD.content_hash, OLD.published_at))
    THEN
        PERFORM refuse_published(OLD.id);
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER revision_immutable BEFORE UPDATE OR DELETE ON questionnaire_revision
    FOR EACH ROW EXECUTE FUNCTION refuse_published_revision();

CREATE TRIGGER section_immutable BEFORE INSERT OR UPDATE OR DELETE ON section
    FOR EACH ROW EXECUTE FUNCTION refuse_in_published();

CREATE TRIGGER question_immutable BEFORE INSERT OR UPDATE OR DELETE ON question
    FOR EACH ROW EXECUTE FUNCTION refuse_in_published();

CREATE TRIGGER option_immutable BEFORE INSERT OR UPDATE OR DELETE ON option
    FOR EACH ROW EXECUTE FUNCTION refuse_option_in_published();
"""


def run(script: str) -> None:
    """Run statements that are separated by an empty line: the driver takes one at a time."""
    for statement in script.strip().split("\n\n"):
        op.execute(statement)


def upgrade() -> None:
    run(SEARCH)
    run(LAWFUL_MOVES)
    for machine in MACHINES:
        op.execute(
            f"CREATE CONSTRAINT TRIGGER {machine}_born_lawfully AFTER INSERT ON {machine} "
            f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_lawful_move('{machine}')"
        )
        op.execute(
            f"CREATE CONSTRAINT TRIGGER {machine}_moved_lawfully AFTER UPDATE OF state ON {machine} "
            f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) "
            f"EXECUTE FUNCTION require_lawful_move('{machine}')"
        )
    run(APPEND_ONLY)
    run(IMMUTABLE)


def downgrade() -> None:
    raise NotImplementedError("The guards are never taken away; restore a backup instead.")
