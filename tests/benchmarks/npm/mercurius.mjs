// The peer Mercurius, with its JIT: the hub's own contract, answered by resolvers and loaders over `pg`.
//
//     node mercurius.mjs PORT URL CONNECTIONS CONTRACT
//
// Every list asks once for a whole page, every relation once for all parents of a page, by prepared statements.

import { readFileSync } from "node:fs";
import fastify from "fastify";
import mercurius from "mercurius";
import pg from "pg";

const [port, connectionString, connections, contract] = process.argv.slice(2);

// ---- the database ----------------------------------------------------------------------------------------------

const { DATE, TIMESTAMP, TIMESTAMPTZ } = pg.types.builtins;
pg.types.setTypeParser(DATE, (day) => day);
pg.types.setTypeParser(TIMESTAMP, (local) => local.replace(" ", "T"));
pg.types.setTypeParser(TIMESTAMPTZ, (instant) => {
  const [seconds, fraction = ""] = instant.replace(" ", "T").replace("+00", "").split(".");
  return `${seconds}.${fraction.padEnd(6, "0")}Z`;
});

const options = "-c timezone=UTC -c jit=off -c plan_cache_mode=force_generic_plan";
const pool = new pg.Pool({ connectionString, max: Number(connections), idleTimeoutMillis: 0, options });
let statements = 0;

/** Prepare a statement; what is returned runs it and gives its rows. */
const statement = (text) => {
  const name = `peer_${statements++}`;
  return async (...values) => (await pool.query({ name, text, values })).rows;
};

// ---- relations: one statement for all parents of a page --------------------------------------------------------

/** A loader without a cache, which would write every parent as JSON to tell it from the others. */
const loaded = (load) => ({
  loader: (asked) => load(asked.map(({ obj }) => obj), asked[0].params),
  opts: { cache: false },
});

/** The row whose `id` is what a column of the parent says, or what is wanted of it. */
const one = (column, text, wanted = (row) => row) => {
  const rowsOf = statement(text);
  return loaded(async (parents) => {
    const keys = new Set(parents.map((parent) => parent[column]).filter((key) => key !== null));
    const found = new Map();
    for (const row of keys.size ? await rowsOf([...keys]) : []) found.set(row.id, wanted(row));
    return parents.map((parent) => found.get(parent[column]) ?? null);
  });
};

/** The rows whose `of` is the parent's id, in their order. */
const many = (text, wrapped = (rows) => rows) => {
  const rowsOf = statement(text);
  return loaded(async (parents, { first }) => {
    const found = new Map(parents.map((parent) => [parent.id, []]));
    const keys = [...found.keys()];
    for (const row of await (first === undefined ? rowsOf(keys) : rowsOf(keys, first))) found.get(row.of).push(row);
    return parents.map((parent) => wrapped(found.get(parent.id)));
  });
};

const territory = `
  SELECT id, code, name FROM peers.territory WHERE id = ANY ($1::uuid[])`;

const loaders = {
  Territory: { parent: one("parent_id", territory) },
  Organization: {
    territory: one("territory_id", territory),
    names: many(`
      SELECT entry_id AS of, name, acronym, valid_from AS "validFrom", valid_until AS "validUntil"
      FROM peers.dated_name WHERE entry_id = ANY ($1::uuid[]) ORDER BY entry_id, valid_from DESC`),
  },
  Consultation: {
    publisher: one("publisher_id", "SELECT id, type, name FROM peers.publisher WHERE id = ANY ($1::uuid[])"),
    revision: one("revision_id", "SELECT id FROM peers.revision WHERE id = ANY ($1::uuid[])"),
    responseCount: one(
      "id",
      "SELECT id, response_count FROM peers.consultation WHERE id = ANY ($1::uuid[])",
      (row) => row.response_count,
    ),
  },
  QuestionnaireRevision: {
    questions: many(
      `SELECT q.* FROM unnest($1::uuid[]) AS r, LATERAL (
         SELECT id, revision_id AS of, code, upper(kind) AS kind, title FROM peers.question
         WHERE revision_id = r ORDER BY position LIMIT $2) AS q`,
      (nodes) => ({ nodes }),
    ),
  },
  Question: {
    options: many(`
      SELECT question_id AS of, code, label FROM peers.option
      WHERE question_id = ANY ($1::uuid[]) ORDER BY question_id, position`),
    tally: one("id", `
      SELECT question_id AS id, answered, to_json(options) AS options FROM peers.tally
      WHERE question_id = ANY ($1::uuid[])`),
  },
  Response: {
    answers: many(`
      SELECT response_id AS of, question_code, options, text FROM peers.answer
      WHERE response_id = ANY ($1::uuid[]) ORDER BY response_id, position`),
  },
  SubmitResponsePayload: {
    receipt: one("response_id", `
      SELECT response_id AS id, code, content_hash AS "contentHash", issued_at AS "issuedAt" FROM peers.receipt
      WHERE response_id = ANY ($1::uuid[])`),
  },
};

// ---- roots -----------------------------------------------------------------------------------------------------

const CONSULTATION = `id, folio, title, purpose, upper(state) AS state, opens_at, opens_local, closes_at, closes_local,
  zone, publisher_id, revision_id`;

const consultationById = statement(`SELECT ${CONSULTATION} FROM peers.consultation WHERE id = $1`);
const consultationsIn = statement(`SELECT ${CONSULTATION} FROM peers.consultations_in($1) LIMIT $2`);
const territoriesOf = statement(`
  SELECT id, code, name, upper(kind) AS kind, population, parent_id, folded_name FROM peers.territory
  WHERE kind = ANY ($1) ORDER BY folded_name, id LIMIT $2`);
const organizations = statement(`
  SELECT id, upper(kind) AS kind, upper(level) AS level, website, name, acronym, territory_id, folded_name
  FROM peers.organization ORDER BY folded_name, id LIMIT $1`);
const submitted = statement(`
  SELECT id, upper(state) AS state, upper(channel) AS channel, received_at AS "receivedAt",
         content_hash AS "contentHash"
  FROM peers.submit_response($1, $2, $3, $4)`);

/** A page of rows of which one more was read than is shown. */
const page = (rows, first) => {
  const nodes = rows.slice(0, first);
  const last = nodes.at(-1);
  const endCursor = last ? Buffer.from(JSON.stringify([last.folded_name, last.id])).toString("base64url") : null;
  return { nodes, pageInfo: { hasNextPage: rows.length > first, endCursor } };
};

const stored = (codes) => codes.map((code) => code.toLowerCase());
const uuid = (id) => id.slice(id.indexOf("_") + 1);
const named = (type) => (row) => `${type}_${row.id}`;

const resolvers = {
  Query: {
    node: async (_, { id }) => (id.startsWith("Consultation_") ? (await consultationById(uuid(id)))[0] : null),
    territories: async (_, { first, filter }) => page(await territoriesOf(stored(filter.kind), first + 1), first),
    organizations: async (_, { first }) => page(await organizations(first + 1), first),
    consultations: async (_, { first, filter }) =>
      page(await consultationsIn(stored(filter.state), first + 1), first),
  },
  Mutation: {
    submitResponse: async (_, { input }) => {
      const { consultationId, revisionId, consent, answers } = input;
      const given = [uuid(consultationId), uuid(revisionId), consent.toLowerCase(), JSON.stringify(answers)];
      const [response] = await submitted(...given);
      return { errors: [], response, response_id: response.id };
    },
  },
  Node: { resolveType: () => "Consultation" },
  Publisher: { resolveType: ({ type }) => type },
  Territory: { id: named("Territory") },
  Organization: { id: named("Organization") },
  Body: { id: named("Body") },
  Consultation: {
    id: named("Consultation"),
    opening: (row) => ({ instant: row.opens_at, declaredLocal: row.opens_local, zone: row.zone }),
    closing: (row) => ({ instant: row.closes_at, declaredLocal: row.closes_local, zone: row.zone }),
  },
  QuestionnaireRevision: { id: named("QuestionnaireRevision") },
  Question: { id: named("Question") },
  Response: { id: named("Response") },
  Answer: { question: (row) => ({ code: row.question_code }) },
  LocalizedText: { text: (words) => words },
};

const app = fastify();
app.register(mercurius, { schema: readFileSync(contract, "utf8"), resolvers, loaders, jit: 1, graphiql: false });
await app.listen({ port: Number(port), host: "127.0.0.1" });
