-- What the peers from npm read and call, in a schema of its own beside the hub's tables.
--
-- All SQL that knows the hub's columns lies here. Texts are picked in Spanish, or in the language that they were
-- written in; nobody's right to see anything is checked. The comments tell PostGraphile what a view cannot say.

CREATE FUNCTION peers.words(stored jsonb) RETURNS text IMMUTABLE LANGUAGE sql AS $$
    SELECT coalesce(stored #>> '{translations,es,text}',
                    stored #>> ARRAY['translations', stored ->> 'source', 'text']) $$;

COMMENT ON FUNCTION peers.words IS '@behavior -*';


-- ---- places and organisations ----------------------------------------------------------------------------------

CREATE VIEW peers.territory AS
SELECT id, kind, code, name, folded_name, population::int, parent_id FROM territory;

COMMENT ON VIEW peers.territory IS '
@primaryKey id
@foreignKey (parent_id) references territory (id)|@fieldName parent';

CREATE VIEW peers.dated_name AS
SELECT id, entry_id, peers.words(name) AS name, acronym, valid_from, valid_until FROM dated_name;

COMMENT ON VIEW peers.dated_name IS '
@primaryKey id
@foreignKey (entry_id) references organization (id)|@foreignSimpleFieldName names|@behavior +list -connection';

-- The dates of an entry's names do not overlap.
CREATE VIEW peers.current_name AS
SELECT entry_id, name, acronym FROM peers.dated_name
WHERE valid_from <= current_date AND (valid_until IS NULL OR valid_until > current_date);

COMMENT ON VIEW peers.current_name IS '@behavior -*';

CREATE VIEW peers.organization AS
SELECT o.id, o.kind, o.level, o.website, o.territory_id, o.folded_name, n.name, n.acronym
FROM organization AS o LEFT JOIN peers.current_name AS n ON n.entry_id = o.id;

COMMENT ON VIEW peers.organization IS '
@primaryKey id
@foreignKey (territory_id) references territory (id)|@fieldName territory';

CREATE VIEW peers.publisher AS
SELECT b.id, 'Body' AS type, n.name FROM body AS b LEFT JOIN peers.current_name AS n ON n.entry_id = b.id
UNION ALL
SELECT o.id, 'Organization', n.name FROM organization AS o LEFT JOIN peers.current_name AS n ON n.entry_id = o.id;

COMMENT ON VIEW peers.publisher IS '@primaryKey id';


-- ---- consultations and what came of them -----------------------------------------------------------------------

CREATE VIEW peers.consultation AS
SELECT c.id, e.folio, peers.words(c.title) AS title, peers.words(c.purpose) AS purpose, c.state AS stage,
       CASE WHEN c.state NOT IN ('scheduled', 'open', 'closed') THEN c.state WHEN now() < c.opens_at THEN 'scheduled'
            WHEN now() < c.closes_at THEN 'open' ELSE 'closed' END AS state,
       c.opens_at, c.opens_local, c.closes_at, c.closes_local, c.zone,
       coalesce(c.body_id, c.organization_id) AS publisher_id,
       (SELECT r.id FROM questionnaire_revision AS r WHERE r.consultation_id = c.id AND r.state = 'published'
        ORDER BY r.number DESC LIMIT 1) AS revision_id,
       (SELECT count(*)::int FROM response AS r WHERE r.consultation_id = c.id AND r.state = 'accepted')
           AS response_count
FROM consultation AS c JOIN entry AS e ON e.id = c.id;

COMMENT ON VIEW peers.consultation IS '
@primaryKey id
@foreignKey (publisher_id) references publisher (id)|@fieldName publisher
@foreignKey (revision_id) references revision (id)|@fieldName revision';

-- On the instants themselves, so that their index serves it: what `state` says is found out row by row.
CREATE FUNCTION peers.consultations_in(states text[]) RETURNS SETOF peers.consultation STABLE LANGUAGE sql AS $$
    SELECT * FROM peers.consultation
    WHERE stage IN ('scheduled', 'open', 'closed')
      AND ('scheduled' = ANY (states) AND opens_at > now()
           OR 'open' = ANY (states) AND opens_at <= now() AND closes_at > now()
           OR 'closed' = ANY (states) AND closes_at <= now())
    ORDER BY closes_at DESC, id DESC $$;

COMMENT ON FUNCTION peers.consultations_in IS '@name consultations';

CREATE VIEW peers.revision AS SELECT id FROM questionnaire_revision;

COMMENT ON VIEW peers.revision IS '@primaryKey id';

CREATE VIEW peers.question AS
SELECT id, revision_id, lineage_id, position, code, kind, peers.words(title) AS title FROM question;

COMMENT ON VIEW peers.question IS '
@primaryKey id
@foreignKey (revision_id) references revision (id)|@foreignFieldName questions';

CREATE VIEW peers.option AS
SELECT id, question_id, position, code, peers.words(label) AS label FROM option;

COMMENT ON VIEW peers.option IS '
@primaryKey id
@foreignKey (question_id) references question (id)|@foreignSimpleFieldName options|@behavior +list -connection';

CREATE TYPE peers.option_tally AS (code text, count int, share float);

-- A view and not a function of the question: a function would be called for each question, a view is planned with the
-- statement around it.
CREATE VIEW peers.tally AS
SELECT q.id AS question_id, a.answered, ARRAY(
           SELECT (o.code, n.count, round(n.count::numeric / nullif(a.answered, 0), 6))::peers.option_tally
           FROM option AS o
           LEFT JOIN (SELECT option_code, count(*)::int FROM answer_choice
                      WHERE lineage_id = q.lineage_id AND counted GROUP BY option_code) AS c ON c.option_code = o.code,
           LATERAL (SELECT coalesce(c.count, 0) AS count) AS n
           WHERE o.question_id = q.id ORDER BY o.position) AS options
FROM question AS q,
     LATERAL (SELECT count(*)::int AS answered FROM answer WHERE lineage_id = q.lineage_id AND counted) AS a;

COMMENT ON VIEW peers.tally IS '
@primaryKey question_id
@foreignKey (question_id) references question (id)|@foreignFieldName tally';


-- ---- responses -------------------------------------------------------------------------------------------------

CREATE VIEW peers.response AS SELECT id, state, channel, received_at, content_hash FROM response;

COMMENT ON VIEW peers.response IS '@primaryKey id';

CREATE VIEW peers.answer AS
SELECT a.response_id, q.position, q.code AS question_code, a.text, ARRAY(
           SELECT c.option_code::text FROM answer_choice AS c
           WHERE c.response_id = a.response_id AND c.question_id = a.question_id ORDER BY c.option_code) AS options
FROM answer AS a JOIN question AS q ON q.id = a.question_id;

COMMENT ON VIEW peers.answer IS '
@primaryKey response_id,position
@foreignKey (response_id) references response (id)|@foreignSimpleFieldName answers|@behavior +list -connection';

CREATE VIEW peers.receipt AS SELECT response_id, code, content_hash, issued_at FROM receipt;

COMMENT ON VIEW peers.receipt IS '
@primaryKey response_id
@foreignKey (response_id) references response (id)|@foreignFieldName receipt';

-- The rows that the hub writes for a response, and its event under the lock that keeps the log in order
-- (hub/changes/log.py). Who answers is made up, and nothing is checked.
CREATE FUNCTION peers.submit_response(consultation_id uuid, revision_id uuid, consent text, answers jsonb)
RETURNS peers.response VOLATILE LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    submitted uuid := gen_random_uuid();
    part uuid := gen_random_uuid();
    salt bytea := uuid_send(gen_random_uuid());
    hash text := 'sha256:' || encode(sha256(salt || convert_to($4::text, 'UTF8')), 'hex');
    result peers.response;
BEGIN
    INSERT INTO participation (id, consultation_id, pseudonym)
    VALUES (part, $1, '\x01'::bytea || sha256(uuid_send(gen_random_uuid())));

    INSERT INTO response (id, consultation_id, revision_id, participation_id, state, respondent_kind, channel, consent,
                          language, received_at, salt, content_hash)
    VALUES (submitted, $1, $2, part, 'accepted', 'individual', 'api', $3, 'es', now(), salt, hash);

    INSERT INTO answer (response_id, question_id, lineage_id, text, counted)
    SELECT submitted, q.id, q.lineage_id, a.text, true
    FROM jsonb_to_recordset($4) AS a (question text, text text)
    JOIN question AS q ON q.revision_id = $2 AND q.code = a.question;

    INSERT INTO answer_choice (response_id, question_id, option_code, lineage_id, counted)
    SELECT submitted, q.id, chosen, q.lineage_id, true
    FROM jsonb_to_recordset($4) AS a (question text, option text, options text[])
    JOIN question AS q ON q.revision_id = $2 AND q.code = a.question,
    unnest(coalesce(a.options, ARRAY[a.option])) AS chosen
    WHERE chosen IS NOT NULL;

    INSERT INTO receipt (code, response_id, content_hash, issued_at)
    VALUES (upper(regexp_replace(md5(salt), '(....)(....)(....)(....)(.).*', '\1-\2-\3-\4-\5')), submitted, hash,
            now());

    PERFORM pg_advisory_xact_lock(x'6c6f67'::bigint);
    INSERT INTO event (at, type, entity_id, entry_id, machine, source, move, target, facts, public)
    VALUES (now(), 'ResponseSubmitted', submitted, $1, 'response', '', 'submit', 'accepted',
            jsonb_build_object('response_id', submitted, 'consultation_id', $1, 'revision_id', $2, 'channel', 'api'),
            true);

    SELECT * INTO result FROM peers.response WHERE id = submitted;
    RETURN result;
END $$;
