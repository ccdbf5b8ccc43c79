// The peer PostGraphile: the schema `peers` as it exposes it, with the preset that its documentation begins with.
//
//     node postgraphile.mjs PORT URL CONNECTIONS

import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";

const [port, connectionString, connections] = process.argv.slice(2);

const options = "-c timezone=UTC -c jit=off -c plan_cache_mode=force_generic_plan";

const preset = {
  extends: [PostGraphileAmberPreset],
  pgServices: [
    makePgService({
      connectionString,
      schemas: ["peers"],
      poolConfig: { max: Number(connections), idleTimeoutMillis: 0, options },
    }),
  ],
  grafserv: { watch: false, graphiql: false },
};

const instance = postgraphile(preset);
const server = createServer();
await instance.createServ(grafserv).addTo(server);
server.listen(Number(port), "127.0.0.1");
