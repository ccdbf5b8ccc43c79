// Follows a consultation with a reference client, and writes each thing that it hears as a line of JSON.
//
//     node follow.mjs ws|sse ADDRESS QUERY VARIABLES [TOKEN]
//
// It comes back when the hub was away, and ends when what it follows does.

import { createClient as events } from "graphql-sse";
import { createClient as sockets } from "graphql-ws";

const [way, address, query, variables, token] = process.argv.slice(2);
const authorization = token ? { authorization: `Bearer ${token}` } : {};
const patience = { retryAttempts: Infinity, shouldRetry: () => true };
const soon = () => new Promise((resolve) => setTimeout(resolve, 100));
const client =
  way === "ws"
    ? sockets({ url: address.replace("http", "ws"), connectionParams: authorization, retryWait: soon, ...patience })
    : events({ url: address, headers: authorization, retry: soon, ...patience });

const say = (heard) => console.log(JSON.stringify(heard));
try {
  for await (const { data, errors } of client.iterate({ query, variables: JSON.parse(variables) })) say(errors ? { errors } : { data });
  say("complete");
} catch (error) {
  say({ failed: Array.isArray(error) ? error : { code: error.code, reason: error.reason, message: error.message } });
}
await client.dispose();
