import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scriptFiles, tool, TOOLS } from "../../components/targets/docker/scripts.ts";
import { embeddedReference } from "../../embedded/images/recipes.ts";
import type { Containers, Started } from "../support/containers.ts";
import { openWith } from "../support/embedded-images.ts";
import { hardened } from "../support/hardened.ts";

let containers: Containers;
let toolbox: string;

beforeAll(async () => {
  containers = await openWith("scripts", "busybox");
  toolbox = await containers.volume("toolbox");
  const written = Object.keys(scriptFiles).map(
    (path, index) => `printf '%s' "$S${index}" > ${path}; chmod 0555 ${path}`,
  );
  const filling = await containers.start("filling", {
    Image: embeddedReference("busybox"),
    Cmd: ["sh", "-euc", [`cp /bin/busybox ${TOOLS}/`, ...written].join("; ")],
    Env: Object.values(scriptFiles).map((script, index) => `S${index}=${script}`),
    HostConfig: hardened({ Binds: [`${toolbox}:${TOOLS}`] }),
  });
  if ((await filling.ended()) !== 0) throw new Error(await filling.log());
});
afterAll(() => containers.close());

/** Starts a container as the target does, with nothing of its own but a shell. */
const start = (
  name: string,
  command: readonly string[],
  environment: readonly string[] = [],
): Promise<Started> =>
  containers.start(name, {
    Image: embeddedReference("busybox"),
    Entrypoint: [...command],
    Env: [...environment],
    User: "1000:1000",
    HostConfig: hardened({ Binds: [`${toolbox}:${TOOLS}:ro`] }),
  });

/** Asks again until the answer is the expected one, for some seconds at most. */
async function eventually(ask: () => Promise<unknown>, expected: unknown): Promise<void> {
  await expect.poll(ask, { timeout: 15_000, interval: 250 }).toEqual(expected);
}

describe("a scheduled job", () => {
  it("runs whenever it is due, and its health tells how the last run ended", async () => {
    // Due every two seconds; every second run fails.
    const job =
      'if [ -f /tmp/once ]; then rm /tmp/once; exit 4; fi; touch /tmp/once; echo "ran at $(date +%s)"';
    const scheduled = await start("scheduled", [tool("repeat"), "2", "0", "10", "sh", "-c", job]);
    expect(await scheduled.run([tool("lastRun")]), "nothing ran yet").toBe(0);
    await eventually(() => scheduled.run([tool("lastRun")]), 1);
    await eventually(() => scheduled.run([tool("lastRun")]), 0);
    const times = [...(await scheduled.log()).matchAll(/ran at (\d+)/g)].map(([, time]) => Number(time) % 2);
    expect(times.length).toBeGreaterThanOrEqual(2);
    expect(new Set(times)).toEqual(new Set([0]));
    await scheduled.container.stop({ t: 10 });
    expect((await scheduled.container.inspect()).State.ExitCode).toBe(0);
  });
});

describe("a job", () => {
  it("ends its log with its attempt and exit code, whichever stream its own last word went to", async () => {
    const failing = await start(
      "failing",
      [tool("attempt"), "10", "sh", "-c", "echo working; echo broken >&2; exit 3"],
      ["KEELSON_ATTEMPT=2"],
    );
    expect(await failing.ended()).toBe(3);
    const log = await failing.log();
    expect(log).toMatch(/attempt 2 begins[^]*broken[^]*keelson: attempt 2 exit 3\s*$/);
  });

  it("fails when it takes longer than it may", async () => {
    const slow = await start("slow", [tool("attempt"), "1", "sleep", "60"], ["KEELSON_ATTEMPT=1"]);
    expect(await slow.ended()).not.toBe(0);
  });
});

describe("a health check", () => {
  const server = ["sh", "-c", "touch /tmp/index.html /tmp/alive.html; exec busybox httpd -f -p 8000 -h /tmp"];
  const [ready, live] = [`${tool("http")} 8000 /index.html`, `${tool("http")} 8000 /alive.html`];

  it.each([
    ["finds a page", [tool("http"), "8000", "/index.html"], 0],
    ["misses a page", [tool("http"), "8000", "/none"], 1],
    ["finds nobody at a port", [tool("tcp"), "8001"], 1],
    ["connects to a port", [tool("tcp"), "8000"], 0],
  ])("%s", async (title, command, status) => {
    const web = await start(`web-${title.replaceAll(" ", "-")}`, server);
    await eventually(() => web.run(command), status);
  });

  it("kills nothing before it was ready once, and a process that is neither ready nor alive after that", async () => {
    const check = [tool("check"), "2", "0", "2", ready, "2", live];
    const never = await start("never", ["sleep", "60"]);
    for (let time = 0; time < 4; time++) expect(await never.run(check)).toBe(1);
    expect((await never.container.inspect()).State.Running).toBe(true);

    const hanging = await start("hanging", server);
    await eventually(() => hanging.run(check), 0);
    await hanging.run(["sh", "-c", "kill -STOP -1"]);
    for (let time = 0; time < 2; time++) await hanging.run(check);
    await eventually(async () => (await hanging.container.inspect()).State.Running, false);
  });

  it("waits before it asks a process that was ready already", async () => {
    const check = [tool("check"), "2", "3", "2", ready, "2", live];
    const web = await start("patient", server);
    await eventually(() => web.run(check), 0);
    const asked = Date.now();
    expect(await web.run(check)).toBe(0);
    expect(Date.now() - asked).toBeGreaterThanOrEqual(3000);
  });

  it("spares a process that is alive and only not ready", async () => {
    const busy = await start("busy", server);
    await eventually(() => busy.run([tool("check"), "2", "0", "2", ready, "2", live]), 0);
    await busy.run(["rm", "/tmp/index.html"]);
    for (let time = 0; time < 4; time++)
      expect(await busy.run([tool("check"), "2", "0", "2", ready, "2", live])).toBe(1);
    expect((await busy.container.inspect()).State.Running).toBe(true);
  });
});
