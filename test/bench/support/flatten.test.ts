import { describe, expect, it } from "vitest";
import { declarations, flattenState } from "../../../bench/support/flatten.ts";
import type { State, StateResource } from "../../../bench/support/stack.ts";

const STACK = "urn:pulumi:bench::bench::pulumi:pulumi:Stack::bench-bench";
const SERVICE = "urn:pulumi:bench::bench::keelson:services:Redis::cache";
const HOST = "urn:pulumi:bench::bench::keelson:targets:Docker$pulumi:providers:docker::host";
const VOLUME = "urn:pulumi:bench::bench::keelson:services:Redis$docker:index/volume:Volume::data";
const CONTAINER = "urn:pulumi:bench::bench::keelson:services:Redis$docker:index/container:Container::cache";

const resource = (urn: string, more: Partial<StateResource> = {}): StateResource => ({
  urn,
  type: urn.split("::")[2]!.split("$").at(-1)!,
  custom: true,
  inputs: {},
  parent: STACK,
  dependencies: [],
  ...more,
});

const state: State = {
  version: 3,
  deployment: {
    resources: [
      { ...resource(STACK, { custom: false }), parent: undefined },
      resource("urn:pulumi:bench::bench::pulumi:providers:random::default_4_21_1", { id: "1" }),
      resource(SERVICE, { custom: false }),
      resource(HOST, { id: "2" }),
      resource(VOLUME, { parent: SERVICE, provider: `${HOST}::2`, protect: true, inputs: { name: "data" } }),
      resource(CONTAINER, {
        parent: SERVICE,
        provider: `${HOST}::2`,
        dependencies: [VOLUME, SERVICE],
        inputs: {
          __defaults: ["attach"],
          attach: false,
          image: "redis:8",
          mounts: [{ __defaults: ["readOnly"], readOnly: false, source: "data" }],
        },
      }),
    ],
  },
};

describe("a state without components", () => {
  it("has the stack as the parent of everything, and refers to it by the new names", () => {
    const { resources } = flattenState(state, "plain").deployment;
    const host = "urn:pulumi:plain::plain::pulumi:providers:docker::host";
    expect(resources.map(({ urn }) => urn)).toEqual([
      "urn:pulumi:plain::plain::pulumi:pulumi:Stack::plain-plain",
      "urn:pulumi:plain::plain::pulumi:providers:random::default_4_21_1",
      host,
      "urn:pulumi:plain::plain::docker:index/volume:Volume::data",
      "urn:pulumi:plain::plain::docker:index/container:Container::cache",
    ]);
    expect(resources.at(-1)).toMatchObject({
      parent: "urn:pulumi:plain::plain::pulumi:pulumi:Stack::plain-plain",
      provider: `${host}::2`,
      dependencies: ["urn:pulumi:plain::plain::docker:index/volume:Volume::data"],
    });
  });

  it("is declared without what plugins have filled in, and without the engine's own providers", () => {
    expect(declarations(flattenState(state, "plain"))).toEqual([
      { type: "pulumi:providers:docker", name: "host", inputs: {}, dependsOn: [] },
      {
        type: "docker:index/volume:Volume",
        name: "data",
        inputs: { name: "data" },
        dependsOn: [],
        provider: "host",
        protect: true,
      },
      {
        type: "docker:index/container:Container",
        name: "cache",
        inputs: { image: "redis:8", mounts: [{ source: "data" }] },
        dependsOn: ["data"],
        provider: "host",
      },
    ]);
  });

  it("can't be made where two components have a child of the same type and name", () => {
    const twin = resource(VOLUME.replace("Redis", "Postgres"));
    const both = { ...state, deployment: { resources: [...state.deployment.resources, twin] } };
    expect(() => flattenState(both, "plain")).toThrow(
      "two resources would be urn:pulumi:plain::plain::docker",
    );
  });
});
