import { createServer, type AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { abilitiesIn } from "../../../../../cli/targets/docker/doctor/abilities.ts";
import type { EngineFacts, Plan } from "../../../../../cli/targets/docker/doctor/facts.ts";
import { judgeEngine } from "../../../../../cli/targets/docker/doctor/judge-engine.ts";
import { judgePlan } from "../../../../../cli/targets/docker/doctor/judge-plan.ts";
import { isHeld, takenPorts } from "../../../../../cli/targets/docker/doctor/ports.ts";
import { complaints } from "./complaints.ts";

const space = { freeGiB: 200, totalGiB: 480 };
/** What an engine answers that lacks nothing. */
const info = {
  CgroupVersion: "2",
  MemoryLimit: true,
  SwapLimit: true,
  CpuCfsQuota: true,
  IPv4Forwarding: true,
  BridgeNfIptables: true,
  SecurityOptions: ["name=apparmor", "name=seccomp,profile=builtin"],
  Runtimes: { runc: {} },
};
const abilities = abilitiesIn(info, "1.47");
const engine: EngineFacts = { version: "27.5.1", abilities, cpus: 4, memoryGiB: 15.5, space, isHere: true };
const promised = { cpuRequest: 0.5, memoryRequestMiB: 2048, storageGiB: 20 };
const web = {
  name: "box-web",
  image: "web:1",
  ports: [{ address: "0.0.0.0", port: 80 }],
  cpus: 2,
  gpus: false,
  promised,
  kernel: {},
};
const plan: Plan = {
  containers: [web],
  neighbours: {},
  kernel: {},
  hasNvidiaToolkit: false,
  takenPorts: [],
  images: { present: ["web:1"], missing: [] },
  orphanedVolumes: [],
};

/** What is wrong with a plan that differs in one thing from one that is well. */
const wrongWith = (change: Partial<Plan>) => complaints(judgePlan({ ...plan, ...change }, engine, {}));

test("[G15] a host that has what the stack needs is well", () => {
  expect(complaints([...judgeEngine(engine, {}), ...judgePlan(plan, engine, {})])).toEqual([]);
});

test("[G15] a Docker that is too old has to be replaced", () => {
  expect(complaints(judgeEngine({ ...engine, version: "19.03.1" }, {}))).toMatchObject([
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

test("[G15] too little space where Docker's images and volumes lie has to be mended, whoever looked", () => {
  const full = { freeGiB: 3.7, totalGiB: 480 };
  const expected = [{ outcome: "bad", detail: "3 GiB free for images and volumes; needed are 10" }];
  expect(complaints(judgeEngine({ ...engine, space: full }, {}))).toMatchObject(expected);
  expect(wrongWith({ space: full })).toMatchObject(expected);
});

test("[G15] a port that something else holds has to be mended", () => {
  const taken = [{ address: "0.0.0.0", port: 80 }];
  expect(wrongWith({ takenPorts: taken })).toMatchObject([
    { name: "port 80", outcome: "bad", remedy: expect.stringContaining('ss -ltnp "sport = :80"') },
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
