import { createServer, type AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import type { Check } from "../../../../cli/checks.ts";
import type { Plan } from "../../../../cli/targets/docker/facts.ts";
import { judgeEngine, judgePlan } from "../../../../cli/targets/docker/judge.ts";
import { isHeld, takenPorts } from "../../../../cli/targets/docker/ports.ts";

const space = { freeGiB: 200, totalGiB: 480 };
const engine = { version: "28.2.2", apiVersion: "1.50", cpus: 4, memoryGiB: 15.5, space };
const web = { name: "box-web", image: "web:1", ports: [{ address: "0.0.0.0", port: 80 }], cpus: 2 };
const plan: Plan = { containers: [web], takenPorts: [], missingImages: [], orphanedVolumes: [] };

/** The checks that do not come out good. */
function complaints(checks: readonly Check[]): Record<string, unknown>[] {
  return checks
    .filter(({ outcome }) => outcome !== "good")
    .map(({ name, outcome, detail, remedy }) => ({ name, outcome, detail, remedy }));
}

/** What is wrong with a plan that differs in one thing from one that is well. */
const wrongWith = (change: Partial<Plan>) => complaints(judgePlan({ ...plan, ...change }, engine));

test("[G15] a host that has what the stack needs is well", () => {
  expect(complaints([...judgeEngine(engine, {}), ...judgePlan(plan, engine)])).toEqual([]);
});

test("[G15] a Docker that is too old has to be replaced", () => {
  expect(complaints(judgeEngine({ ...engine, version: "19.03.1", apiVersion: "1.40" }, {}))).toMatchObject([
    { name: "engine", outcome: "bad", detail: expect.stringContaining("needed is 20.10") },
  ]);
});

test("[G8] a machine smaller than the stack reckons with is doubtful, with the setting to change", () => {
  const settings = { machine: { cpus: 8, memoryGiB: 32, storageGiB: 400 } };
  expect(complaints(judgeEngine(engine, settings))).toEqual([
    {
      name: "cores",
      outcome: "doubtful",
      detail: "4 cores; the stack reckons with 8",
      remedy: "state what it has in the stack file, under keelson:docker.machine: cpus: 4",
    },
    {
      name: "memory",
      outcome: "doubtful",
      detail: "16 GiB; the stack reckons with 32",
      remedy: "state what it has in the stack file, under keelson:docker.machine: memoryGiB: 16",
    },
  ]);
});

test("[G15] a container may not have more cores than there are", () => {
  const containers = [{ ...web, cpus: 6 }];
  expect(wrongWith({ containers })).toMatchObject([{ name: "box-web", outcome: "bad" }]);
});

test("[G15] too little space has to be mended", () => {
  const full = { ...engine, space: { freeGiB: 3.7, totalGiB: 480 } };
  expect(complaints(judgeEngine(full, {}))).toMatchObject([
    { outcome: "bad", detail: "3 GiB free for images and volumes; needed are 10" },
  ]);
});

test("[G15] a port that something else holds has to be mended", () => {
  const taken = [{ address: "0.0.0.0", port: 80 }];
  expect(wrongWith({ takenPorts: taken })).toMatchObject([
    { name: "port 80", outcome: "bad", remedy: expect.stringContaining('ss -ltnp "sport = :80"') },
  ]);
});

test("[G15] images that are not there yet are named", () => {
  expect(wrongWith({ missingImages: ["web:1"] })).toMatchObject([
    { name: "images", outcome: "doubtful", detail: "not there yet: web:1" },
  ]);
});

test("a port is held while something listens on it", async () => {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  expect(await isHeld("127.0.0.1", port)).toBe(true);
  await new Promise((closed) => server.close(closed));
  expect(await isHeld("127.0.0.1", port)).toBe(false);
});

test("a port of the stack's own container is free for it; another container's is not", async () => {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const published = [{ address: "127.0.0.1", port }];
  const running = (stack: string) =>
    ({
      listContainers: async () => [{ Ports: [{ PublicPort: port }], Labels: { "keelson.stack": stack } }],
    }) as never;
  const wanted = { containers: [{ ...web, ports: published }], prefixes: ["box"], isRemote: false };
  expect(await takenPorts(running("box"), wanted)).toEqual([]);
  expect(await takenPorts(running("crate"), wanted)).toEqual(published);
});

test("[G6] data of another state is not touched, since its passwords are not here; what can be done is told", () => {
  expect(wrongWith({ orphanedVolumes: ["box-postgres-data"] })).toEqual([
    {
      name: "data",
      outcome: "bad",
      detail: "on the host from a state that is not this one, which has the passwords of: box-postgres-data",
      remedy: expect.stringContaining("docker volume rm box-postgres-data"),
    },
  ]);
});
