// Answers for Percona's exporter of MongoDB where its image can't be had: the official image's program, by its name, arguments and variables.
import { MongoClient } from "mongodb";
import { serveUntilStopped } from "../serving.ts";
import { createApplication, STAND_IN, VERSION } from "./application.ts";
import { readSettings } from "./settings.ts";

console.log(
  `${STAND_IN} ${VERSION}: another program, which tells connections, operations and sizes; nothing else`,
);

const { uri, auth } = readSettings(process.argv.slice(2), process.env);
const client = new MongoClient(uri, { ...(auth && { auth }), serverSelectionTimeoutMS: 3000 });
const admin = client.db("admin");
const application = createApplication({
  serverStatus: () => admin.command({ serverStatus: 1 }),
  databases: async () =>
    (await admin.admin().listDatabases({ nameOnly: true })).databases.map(({ name }) => name),
  dbStats: (name) => client.db(name).command({ dbStats: 1, scale: 1 }),
});
serveUntilStopped("0.0.0.0", new Map([[9216, application]]), () => void client.close());
