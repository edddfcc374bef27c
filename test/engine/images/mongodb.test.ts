import { MongoClient, type MongoClientOptions } from "mongodb";
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { embeddedReference } from "../../../embedded/images/recipes.ts";
import { Reference, type Setting, textOf } from "../../../components/model/reference.ts";
import type { JobWorkload, Workload } from "../../../components/model/workload.ts";
import { Mongodb, MONGODB_RESOURCES, mongodbRecipe } from "../../../components/services/mongodb.ts";
import { discover } from "../../../images/reference-app/discovery.ts";
import { proveOnce } from "../../../images/reference-app/proving.ts";
import { redactor } from "../../../images/reference-app/redaction.ts";
import type { Containers, Started } from "../../support/containers.ts";
import { openWith, volumeOf } from "../../support/embedded-images.ts";
import { deploy } from "../../support/engine.ts";
import { hardened } from "../../support/hardened.ts";
import { settled } from "../../support/outputs.ts";
import { RecordingTarget } from "../../support/recording-target.ts";

const ADMIN = { username: "keelson", password: "generated-by-mongodb-admin" };
const ORDERS = { username: "orders", password: "generated-by-mongodb-orders" };
const UID = 999;
const image = embeddedReference("mongodb");
const admin = Reference.hidden(ADMIN.password);
const recipe = mongodbRecipe({ image, resources: MONGODB_RESOURCES, storageGiB: 1, admin });

let containers: Containers;
let secrets: string;
let jobs = 0;
beforeAll(async () => {
  containers = await openWith("mongodb", "mongodb");
  secrets = await volumeOf(containers, "secrets", UID, { "admin-password": ADMIN.password });
});
afterAll(() => containers.close());

/** Variables as the engine takes them. */
function textsOf(env: Readonly<Record<string, Setting>> = {}): Promise<string[]> {
  return Promise.all(
    Object.entries(env).map(async ([name, value]) => `${name}=${(await settled(textOf(value))).value}`),
  );
}

/** Starts the server as the Docker target does, from its recipe. */
async function start(
  name: string,
  { env = recipe.env, data }: Partial<Pick<Workload, "env">> & { data?: string } = {},
) {
  return containers.start(name, {
    Image: image,
    port: 27017,
    Hostname: name,
    User: `${UID}:${UID}`,
    Entrypoint: [...recipe.command],
    Env: await textsOf(env),
    HostConfig: hardened({
      Tmpfs: Object.fromEntries(recipe.scratch!.map((folder) => [folder, `uid=${UID},gid=${UID}`])),
      Binds: [`${secrets}:/run/keelson`, ...(data ? [`${data}:/data/db`] : [])],
    }),
  });
}

async function ready(server: Started): Promise<void> {
  const { check } = recipe.probes.readiness;
  const probe = check.kind === "exec" ? check.command : [];
  await vi.waitFor(async () => expect(await server.run(probe)).toBe(0), { timeout: 60_000, interval: 200 });
}

/** A client of the server; without anyone to be, it names no user. */
async function connect(server: Started, as?: typeof ADMIN, authSource = "admin"): Promise<MongoClient> {
  const options: MongoClientOptions = { serverSelectionTimeoutMS: 5_000 };
  if (as) Object.assign(options, { auth: as, authSource });
  const client = new MongoClient(`mongodb://${await server.address()}/`, options);
  onTestFinished(() => client.close());
  return client.connect();
}

/** The job that makes the user of a database, as the component asks its target for it. */
async function creation(database: string): Promise<{ job: JobWorkload; script: string }> {
  const target = new RecordingTarget();
  await deploy(async () => {
    const { url } = new Mongodb("mongodb", { target, image }).database(database);
    await settled(url.value);
  });
  const job = target.jobs[`mongodb-${database}-database`]!;
  const { value: script } = await settled(textOf(job.files!["create.js"]!));
  return { job, script };
}

/** Runs it to its end; gives the exit status. */
async function run({ job, script }: { job: JobWorkload; script: string }): Promise<number> {
  jobs += 1;
  const files = await volumeOf(containers, `job-files-${jobs}`, UID, { "create.js": script });
  const started = await containers.start(`job-${jobs}`, {
    Image: job.image,
    User: `${UID}:${UID}`,
    Entrypoint: [...job.command],
    Env: await textsOf(job.env),
    HostConfig: hardened({
      Memory: job.resources.memoryLimitMiB * 1024 * 1024,
      MemorySwap: job.resources.memoryLimitMiB * 1024 * 1024,
      Binds: [`${files}:/run/keelson`],
    }),
  });
  return started.ended();
}

it("[G3] [G7] starts without rights, on a read-only root, and refuses whoever names no user or a wrong password", async () => {
  const server = await start("guarded");
  await ready(server);
  expect(await server.run(["sh", "-c", "test $(id -u) = 999 && ! touch /etc/written"])).toBe(0);
  await expect(connect(server, { ...ADMIN, password: "wrong" })).rejects.toMatchObject({ code: 18 });
  const nobody = await connect(server);
  await expect(nobody.db("orders").collection("items").findOne()).rejects.toMatchObject({ code: 13 });
  const known = await connect(server, ADMIN);
  await known.db("orders").collection("items").insertOne({ name: "first" });
  expect(await known.db("orders").collection("items").countDocuments()).toBe(1);
});

it("[G3] keeps the password out of the environment of its server, and says what it is", async () => {
  const server = await start("discreet");
  await ready(server);
  const search = `cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline | tr '\\0' '\\n' | grep -q`;
  expect(await server.run(["sh", "-c", `${search} '^MONGO_INITDB_ROOT_PASSWORD_FILE='`])).toBe(0);
  // Brackets, so that the search does not find itself.
  expect(await server.run(["sh", "-c", `${search} '${ADMIN.password.replace("g", "[g]")}'`])).toBe(1);
  expect(await server.log()).toContain("stand-in for MongoDB");
});

it("[G5] gives a client's user its own database and nothing else, however often it is made", async () => {
  const server = await start("mongodb");
  await ready(server);
  const { job, script } = await creation("orders");
  expect(await run({ job, script })).toBe(0);
  const client = await connect(server, ORDERS, "orders");
  await client.db("orders").collection("items").insertOne({ name: "kept" });

  const away = client.db("invoices").collection("items");
  await expect(away.insertOne({ name: "not mine" })).rejects.toMatchObject({ code: 13 });
  await expect(away.findOne()).rejects.toMatchObject({ code: 13 });
  const users = client.db("admin").collection("system.users");
  await expect(users.findOne()).rejects.toMatchObject({ code: 13 });
  const more = { createUser: "mine", pwd: "x", roles: ["readWrite", "dbAdmin"] };
  await expect(client.db("orders").command(more)).rejects.toMatchObject({ code: 13 });

  expect(await run({ job, script })).toBe(0);
  const again = await connect(server, ORDERS, "orders");
  expect(await again.db("orders").collection("items").countDocuments()).toBe(1);

  expect(await run({ job, script: script.replace(ORDERS.password, "changed") })).toBe(0);
  const changed = await connect(server, { ...ORDERS, password: "changed" }, "orders");
  expect(await changed.db("orders").collection("items").countDocuments()).toBe(1);
  await expect(connect(server, ORDERS, "orders")).rejects.toMatchObject({ code: 18 });

  expect(await run({ job, script: script.replace(ADMIN.password, "wrong") })).not.toBe(0);
  expect(await run({ job, script: script.replace("dbAdmin", "dbOwner") })).not.toBe(0);
});

it("[G6] keeps its data and users over a restart and in a new container, and stops while clients are connected", async () => {
  const data = await volumeOf(containers, "kept", UID);
  const first = await start("first", { data });
  await ready(first);
  const client = await connect(first, ADMIN);
  await client.db("orders").collection("items").insertOne({ name: "kept" });
  await first.container.restart({ t: 60 });
  await ready(first);
  const found = { name: "kept" };
  expect(await (await connect(first, ADMIN)).db("orders").collection("items").findOne()).toMatchObject(found);
  const stopping = Date.now();
  await first.container.stop({ t: 60 });
  expect(Date.now() - stopping).toBeLessThan(20_000);
  expect((await first.container.inspect()).State.ExitCode).toBe(0);

  const second = await start("second", { data });
  await ready(second);
  expect(await (await connect(second, ADMIN)).db("orders").collection("items").findOne()).toMatchObject(
    found,
  );
});

it("[D] answers the proof of the reference application, which shows no password", async () => {
  const server = await start("proven");
  await ready(server);
  const prove = async (password: string) => {
    const variables = {
      MONGODB_URL: `mongodb://keelson:${password}@${await server.address()}/rag?authSource=admin`,
    };
    const { signal } = new AbortController();
    const redact = redactor([password]);
    const [dependency] = discover(variables).dependencies;
    return proveOnce(dependency!, { service: "api", variables, timeoutSeconds: 10, signal, redact });
  };
  const detail = "document api written to rag.reference_proof and found";
  expect(await prove(ADMIN.password)).toMatchObject({ ok: true, detail });
  expect(await prove("wrong")).toMatchObject({ ok: false, detail: "Authentication failed." });
});

it("says what to do when the administrator has no password", async () => {
  const server = await start("nobody", { env: { MONGO_INITDB_ROOT_USERNAME: "keelson" } });
  expect(await server.ended()).toBe(1);
  expect(await server.log()).toContain("set MONGO_INITDB_ROOT_PASSWORD or MONGO_INITDB_ROOT_PASSWORD_FILE");
});

it("gives root's rights away when it is started as root", async () => {
  const server = await containers.start("root", {
    Image: image,
    Env: ["MONGO_INITDB_ROOT_USERNAME=root", "MONGO_INITDB_ROOT_PASSWORD=hidden"],
  });
  await vi.waitFor(
    async () => expect(await server.run(["sh", "-c", "test $(stat -c %U /proc/1) = mongodb"])).toBe(0),
    { timeout: 10_000 },
  );
});
