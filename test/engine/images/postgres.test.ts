import { Client } from "pg";
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { embeddedReference } from "../../../embedded/images/recipes.ts";
import type { Containers, Started } from "../../support/containers.ts";
import { openWith, volumeOf } from "../../support/embedded-images.ts";
import { hardened } from "../../support/hardened.ts";

const PASSWORD = `per%cent: quo"te, apo'strophe, slash/ umläut`;
const UID = 999;

let containers: Containers;
let secrets: string;
beforeAll(async () => {
  containers = await openWith("postgres", "postgres");
  secrets = await volumeOf(containers, "secrets", UID, { password: PASSWORD });
});
afterAll(() => containers.close());

/** Starts PostgreSQL as the Docker target does, with volumes by the folders where they are mounted. */
function start(name: string, variables: Record<string, string>, volumes: Record<string, string> = {}) {
  return containers.start(name, {
    Image: embeddedReference("postgres"),
    port: 5432,
    User: `${UID}:${UID}`,
    Env: Object.entries(variables).map(([variable, value]) => `${variable}=${value}`),
    HostConfig: hardened({
      Tmpfs: { "/tmp": "", "/var/run/postgresql": `uid=${UID},gid=${UID}` },
      Binds: Object.entries({ "/run/keelson": secrets, ...volumes }).map(
        ([folder, volume]) => `${volume}:${folder}`,
      ),
    }),
  });
}

const fromFile = { POSTGRES_PASSWORD_FILE: "/run/keelson/password" };

async function ready(postgres: Started): Promise<void> {
  await vi.waitFor(async () => expect(await postgres.run(["pg_isready", "-h", "127.0.0.1"])).toBe(0), {
    timeout: 30_000,
    interval: 100,
  });
}

async function connect(
  postgres: Started,
  options: { database?: string; user?: string; password?: string } = {},
) {
  const [host, port] = (await postgres.address()).split(":");
  const client = new Client({ host, port: Number(port), user: "postgres", password: PASSWORD, ...options });
  // A server that stops ends its connections.
  client.on("error", () => {});
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

it("[G3] [G7] makes its cluster without rights, on a read-only root, with the password of a file", async () => {
  const data = await volumeOf(containers, "data", UID);
  const variables = { ...fromFile, POSTGRES_USER: "owner", POSTGRES_DB: "web ui" };
  const postgres = await start("fresh", variables, { "/var/lib/postgresql": data });
  await ready(postgres);
  const client = await connect(postgres, { user: "owner", database: "web ui" });
  const { rows } = await client.query(
    "select current_user, rolsuper from pg_roles where rolname = current_user",
  );
  expect(rows).toEqual([{ current_user: "owner", rolsuper: true }]);
  expect(await postgres.run(["sh", "-c", "test $(id -u) = 999 && ! touch /etc/written"])).toBe(0);
});

it("refuses a wrong password", async () => {
  const postgres = await start("guarded", fromFile);
  await ready(postgres);
  await expect(connect(postgres, { password: "wrong" })).rejects.toMatchObject({ code: "28P01" });
});

it("[G3] keeps the password out of the environment of its server", async () => {
  const postgres = await start("discreet", fromFile);
  await ready(postgres);
  const variables = "^(POSTGRES_PASSWORD|PGPASSWORD)=";
  const search = `cat /proc/[0-9]*/environ | tr '\\0' '\\n' | grep -E`;
  expect(await postgres.run(["bash", "-c", `${search} '^POSTGRES_PASSWORD_FILE='`])).toBe(0);
  expect(await postgres.run(["bash", "-c", `${search} '${variables}'`])).toBe(1);
});

it("[G6] keeps its data over a restart and in a new container, and stops cleanly while clients are connected", async () => {
  const data = await volumeOf(containers, "kept", UID);
  const first = await start("first", fromFile, { "/var/lib/postgresql": data });
  await ready(first);
  const client = await connect(first);
  await client.query("create table kept (value text)");
  await client.query("insert into kept values ('here')");
  await first.container.restart({ t: 30 });
  await ready(first);
  expect((await (await connect(first)).query("select value from kept")).rows).toEqual([{ value: "here" }]);
  await first.container.stop({ t: 30 });
  expect((await first.container.inspect()).State.ExitCode).toBe(0);
  expect(await first.log()).not.toContain("was not properly shut down");

  const second = await start("second", fromFile, { "/var/lib/postgresql": data });
  await ready(second);
  expect((await (await connect(second)).query("select value from kept")).rows).toEqual([{ value: "here" }]);
});

it("runs the scripts that are mounted for its first start, in their order", async () => {
  const scripts = await volumeOf(containers, "scripts", UID, {
    "10-schema.sql": "create table entries (value text);",
    "20-entries.sh": `psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --command "insert into entries values ('$POSTGRES_DB')"`,
    README: "not a script",
  });
  const postgres = await start(
    "scripted",
    { ...fromFile, POSTGRES_DB: "app" },
    { "/docker-entrypoint-initdb.d": scripts },
  );
  await ready(postgres);
  const client = await connect(postgres, { database: "app" });
  expect((await client.query("select value from entries")).rows).toEqual([{ value: "app" }]);
});

it("hands initdb its arguments", async () => {
  const POSTGRES_INITDB_ARGS = "--data-checksums --auth-local=scram-sha-256";
  const postgres = await start("arguments", { ...fromFile, POSTGRES_INITDB_ARGS });
  await ready(postgres);
  const client = await connect(postgres);
  expect((await client.query("show data_checksums")).rows).toEqual([{ data_checksums: "on" }]);
  expect(await postgres.run(["psql", "--no-password", "--username", "postgres", "--command", "select"])).toBe(
    2,
  );
});

it.each([
  [
    "no password is given",
    {},
    "error: the cluster in /var/lib/postgresql/15/docker has to be made, and the superuser has no password",
  ],
  [
    "a password is given twice",
    { ...fromFile, POSTGRES_PASSWORD: "x" },
    "error: both POSTGRES_PASSWORD and POSTGRES_PASSWORD_FILE are set",
  ],
])("says what to do when %s", async (title, variables, message) => {
  const postgres = await start(title.replaceAll(" ", "-"), variables);
  expect(await postgres.ended()).toBe(1);
  expect(await postgres.log()).toContain(message);
});

it("[G6] does not make an empty cluster beside the data of another version", async () => {
  const data = await volumeOf(containers, "newer", UID, { "18/docker/PG_VERSION": "18" });
  const postgres = await start("newer", fromFile, { "/var/lib/postgresql": data });
  expect(await postgres.ended()).toBe(1);
  expect(await postgres.log()).toContain("/var/lib/postgresql/18/docker holds data of PostgreSQL 18");
});

it("gives root's rights away when it is started as root", async () => {
  const postgres = await containers.start("root", {
    Image: embeddedReference("postgres"),
    Env: ["POSTGRES_PASSWORD=hidden"],
  });
  await ready(postgres);
  expect(await postgres.run(["bash", "-c", "test $(stat -c %U /proc/1) = postgres"])).toBe(0);
});
