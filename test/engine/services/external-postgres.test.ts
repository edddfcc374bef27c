import { Client } from "pg";
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { FILES, type JobWorkload } from "../../../components/model/workload.ts";
import { textOf } from "../../../components/model/reference.ts";
import { ExternalPostgres } from "../../../components/services/external-postgres.ts";
import { embeddedReference } from "../../../embedded/images/recipes.ts";
import type { Containers, Started } from "../../support/containers.ts";
import { openWith, volumeOf } from "../../support/embedded-images.ts";
import { deploy } from "../../support/engine.ts";
import { hardened } from "../../support/hardened.ts";
import { settled } from "../../support/outputs.ts";
import { RecordingTarget } from "../../support/recording-target.ts";

const UID = 999;
const SUPERUSER = "superuser-password";
/** Someone as the clouds' servers have them: may make roles and databases, and not everything else. */
const ADMIN = { user: "boss", password: "boss-password" };

let containers: Containers;
let server: Started;
let job: JobWorkload;

beforeAll(async () => {
  containers = await openWith("external-postgres", "postgres");
  job = await databaseJob();
  const text = await settled(textOf(job.files!["create.sql"]!));
  const files = await volumeOf(containers, "files", UID, { "create.sql": text.value, password: SUPERUSER });
  server = await containers.start("db", {
    Image: embeddedReference("postgres"),
    port: 5432,
    User: `${UID}:${UID}`,
    Env: [`POSTGRES_PASSWORD_FILE=${FILES}/password`],
    HostConfig: hardened({
      Tmpfs: { "/tmp": "", "/var/run/postgresql": `uid=${UID},gid=${UID}` },
      Binds: [`${files}:${FILES}`],
    }),
  });
  await vi.waitUntil(async () => (await server.run(["pg_isready", "-h", "127.0.0.1"])) === 0, {
    timeout: 30_000,
    interval: 100,
  });
  await asSuperuser(
    `create role ${ADMIN.user} login createrole createdb password '${ADMIN.password}'`,
    "create role stranger login password 'stranger'",
  );
});
afterAll(() => containers.close());

/** What the library would run to make the database `orders`. */
async function databaseJob(): Promise<JobWorkload> {
  const target = new RecordingTarget();
  await deploy(
    () => void new ExternalPostgres("external", { target, host: "db", admin: ADMIN }).database("orders"),
  );
  return target.jobs["external-orders-database"]!;
}

/** Runs it as a target does: the same command, told the same. */
async function run(): Promise<number | null> {
  const variables = Object.entries(job.env!).map(async ([name, setting]) => {
    const { value } = await settled(textOf(setting));
    return `${name}=${value}`;
  });
  return server.run(["env", ...(await Promise.all(variables)), ...job.command]);
}

async function asSuperuser(...statements: readonly string[]): Promise<void> {
  const superuser = await connect("postgres", SUPERUSER, "postgres");
  for (const statement of statements) await superuser.query(statement);
  await superuser.end();
}

async function connect(user: string, password: string, database: string): Promise<Client> {
  const [host, port] = (await server.address()).split(":");
  const client = new Client({ host, port: Number(port), user, password, database });
  await client.connect();
  return client;
}

it("makes a database on a server of somebody else's, by an administrator who may not do everything, again and again", async () => {
  expect(await run()).toBe(0);
  expect(await run()).toBe(0);
  const owner = await connect("orders", "generated-by-external-orders", "orders");
  onTestFinished(() => owner.end());
  await owner.query("create table kept (value text)");
  const { rows } = await owner.query(
    "select rolsuper, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user",
  );
  expect(rows).toEqual([{ rolsuper: false, rolcreatedb: false, rolcreaterole: false }]);
  expect(await run()).toBe(0);
  expect((await owner.query("select * from kept")).rows).toEqual([]);
});

it("[G5] keeps a database to its owner: another role is not let in", async () => {
  await expect(connect("stranger", "stranger", "orders")).rejects.toMatchObject({ code: "42501" });
});
