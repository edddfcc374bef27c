import { expect, test } from "vitest";
import type { Engine } from "../../../../cli/engine.ts";
import { planned, recorded } from "../../../../cli/targets/docker/plan.ts";

/** An engine whose commands print this. */
const printing = (answer: unknown): Engine => ({
  environment: {},
  run: async () => 0,
  read: async () => JSON.stringify(answer),
});

const urn = (name: string) => `urn:pulumi:box::tiny::docker:index/container:Container::${name}`;
const labels = [{ label: "keelson.stack", value: "box" }];
const web = {
  urn: urn("web"),
  type: "docker:index/container:Container",
  inputs: {
    image: "web:1",
    cpus: "0.5",
    gpus: "all",
    labels: [
      ...labels,
      { label: "keelson.promised", value: '{"cpus":0.25,"memoryMiB":512,"gpus":1}' },
      {
        label: "keelson.kernel",
        value: '{"vm.max_map_count":{"atLeast":262144,"reason":"maps many files"}}',
      },
    ],
    ports: [{ external: 8080, internal: 80, ip: "127.0.0.1" }, { internal: 81 }],
  },
};
const volume = {
  urn: urn("data"),
  type: "docker:index/volume:Volume",
  inputs: { name: "crate-data", labels: [{ label: "keelson.stack", value: "crate" }] },
  retainOnDelete: true,
};
const other = {
  urn: urn("x"),
  type: "random:index/randomPet:RandomPet",
  inputs: { labels: "nothing like it" },
};

const expected = {
  containers: [
    {
      name: "web",
      image: "web:1",
      cpus: 0.5,
      gpus: true,
      promised: { cpuRequest: 0.25, memoryRequestMiB: 512, storageGiB: 0, gpus: 1 },
      kernel: { "vm.max_map_count": { atLeast: 262144, reason: "maps many files" } },
      ports: [{ address: "127.0.0.1", port: 8080 }],
    },
  ],
  dataVolumes: ["crate-data"],
  prefixes: ["box", "crate"],
};

test("what a program wants on Docker is read from a preview", async () => {
  const steps = [
    { op: "create", newState: web },
    { op: "same", newState: volume },
    { op: "delete" },
    { newState: other },
  ];
  expect(await planned(printing({ steps }))).toEqual(expected);
});

test("what was left on Docker is read from the state", async () => {
  expect(await recorded(printing({ deployment: { resources: [web, volume, other] } }))).toEqual(expected);
});

test("a stack that was never up has nothing on Docker", async () => {
  expect(await recorded(printing({ deployment: { manifest: {} } }))).toEqual({
    containers: [],
    dataVolumes: [],
    prefixes: [],
  });
});

test("a port without an address is open on all of them, and an image that is not known yet has no name", async () => {
  const unknown = { ...web, inputs: { image: { unknown: true }, ports: [{ external: 80 }] } };
  const { containers } = await planned(printing({ steps: [{ newState: unknown }] }));
  expect(containers).toMatchObject([
    { name: "web", image: "", cpus: 0, ports: [{ address: "0.0.0.0", port: 80 }] },
  ]);
});

test("an answer in a form that is not known is told", async () => {
  await expect(recorded(printing({ deployment: 7 }))).rejects.toThrow(
    '"pulumi stack export" answered in a form',
  );
});
