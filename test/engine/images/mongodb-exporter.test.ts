import { MongoClient } from "mongodb";
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { Mongodb } from "../../../components/services/mongodb.ts";
import { MongodbExporter } from "../../../components/services/mongodb-exporter.ts";
import { embeddedReference } from "../../../embedded/images/recipes.ts";
import type { Containers, Started } from "../../support/containers.ts";
import { openWith } from "../../support/embedded-images.ts";
import { deploy } from "../../support/engine.ts";
import { RecordingTarget } from "../../support/recording-target.ts";
import { runJob, startWorkload } from "../../support/started-workload.ts";

const patience = { timeout: 60_000, interval: 500 };

let containers: Containers;
let server: Started;
let exporter: Started;

beforeAll(async () => {
  containers = await openWith("mongodb-exporter", "mongodb", "mongodb-exporter");
  const target = new RecordingTarget();
  await deploy(() => {
    const documents = new Mongodb("documents", { target, image: embeddedReference("mongodb") });
    documents.database("orders");
    const image = embeddedReference("mongodb-exporter");
    new MongodbExporter("exporter", { target, database: documents.monitoring(), image });
  });
  const { workloads, jobs } = target;
  server = await startWorkload(containers, "documents", workloads["documents"]!, "mongodb");
  await vi.waitFor(async () => {
    for (const database of ["orders", "monitoring"]) {
      const { status, log } = await runJob(containers, jobs[`documents-${database}-database`]!);
      if (status !== 0) throw new Error(`the user of "${database}" was not made: ${log}`);
    }
  }, patience);
  exporter = await startWorkload(containers, "exporter", workloads["exporter"]!, "http");
});
afterAll(() => containers.close());

/** A client of the server, as the user of a database. */
async function connect(database: string): Promise<MongoClient> {
  const password = `generated-by-documents-${database}`;
  const client = new MongoClient(`mongodb://${database}:${password}@${await server.address()}/${database}`);
  onTestFinished(() => client.close());
  return client.connect();
}

it("[G3] [G5] whoever watches MongoDB may ask how it is, and for nobody's documents", async () => {
  const orders = (await connect("orders")).db("orders");
  await orders.collection("items").insertOne({ name: "theirs" });
  const watcher = await connect("monitoring");
  expect(await watcher.db("admin").command({ serverStatus: 1 })).toMatchObject({ ok: 1 });
  expect(await watcher.db("orders").command({ dbStats: 1 })).toMatchObject({ db: "orders" });
  const theirs = watcher.db("orders").collection("items");
  await expect(theirs.findOne()).rejects.toMatchObject({ code: 13 });
  await expect(theirs.insertOne({ name: "mine" })).rejects.toMatchObject({ code: 13 });
  await expect(orders.admin().command({ serverStatus: 1 })).rejects.toMatchObject({ code: 13 });
});

it("[G16] [K9] the exporter of MongoDB tells that it answers, and how large each database is", async () => {
  const orders = (await connect("orders")).db("orders");
  await orders.collection("items").insertOne({ name: "stored" });
  await vi.waitFor(async () => {
    const metrics = await (await fetch(`http://${await exporter.address()}/metrics`)).text();
    expect(metrics).toMatch(/^mongodb_up(\{[^}]*\})? 1$/m);
    expect(metrics).toMatch(/^mongodb_dbstats_storageSize\{[^}]*database="orders"[^}]*\} [1-9]/m);
  }, patience);
});
