import { describe, expect, test } from "vitest";
import {
  containerProperties,
  networkProperties,
  volumeProperties,
} from "../../../../embedded/plugins/docker/properties.ts";
import { observed as observedContainer } from "../../../../embedded/plugins/docker/container/outputs.ts";
import { observed as observedNetwork } from "../../../../embedded/plugins/docker/network/outputs.ts";
import { volumeOutputs } from "../../../../embedded/plugins/docker/volume/volume.ts";
import { created, refreshed, updated } from "../../../../embedded/plugins/docker/state.ts";
import { withDefaults } from "../../../../embedded/plugins/provider/bridge/defaults.ts";
import type { Values } from "../../../../embedded/plugins/provider/value.ts";
import { comparable, inspected, recordings, type Recording } from "./recordings.ts";

const tables = { Container: containerProperties, Network: networkProperties, Volume: volumeProperties };

/** What each kind of resource reads from the daemon's answer. */
const observe: Record<Recording["type"], (name: Values[string], known: Values) => Values> = {
  Container: (name, known) => observedContainer(inspected("Container", name), known),
  Network: (name) => observedNetwork(inspected("Network", name)),
  Volume: (name) => volumeOutputs(inspected("Volume", name)),
};

describe("the state that the embedded docker plugin keeps equals the official plugin's", () => {
  for (const { type, name, inputs, outputs } of recordings("create"))
    test(`after the creation of ${type} "${name}"`, () => {
      const given = withDefaults(tables[type], inputs);
      const seen = observe[type](outputs["name"] ?? null, given);
      const logs = { containerLogs: outputs["containerLogs"] ?? null };
      const { capabilities: _, ...read } = seen;
      const state = created(tables[type], given, type === "Container" ? { ...read, ...logs } : read);
      expect(comparable(state)).toEqual(comparable(outputs));
    });

  for (const { type, name, known, outputs } of recordings("read").filter(
    ({ known: before, outputs: after }) => !(before["mustRun"] === true && after["mustRun"] === false),
  ))
    test(`after a refresh of ${type} "${name}"`, () => {
      const seen = observe[type](outputs["name"] ?? null, known);
      expect(comparable(refreshed(tables[type], known, seen))).toEqual(comparable(outputs));
    });

  for (const { type, name, known, inputs, outputs } of recordings("update"))
    test(`after a change in place of ${type} "${name}"`, () => {
      const state = updated(tables[type], known, withDefaults(tables[type], inputs));
      expect(comparable(state)).toEqual(comparable(outputs));
    });

  for (const { type, name, inputs, outputs } of recordings("failed create"))
    test(`after a creation of ${type} "${name}" that failed half-way`, () => {
      const state = created(tables[type], withDefaults(tables[type], inputs), {});
      expect(comparable(state)).toEqual(comparable(outputs));
    });
});

test("a container that must run and was stopped is marked by mustRun, its exit code, and addresses that are gone", () => {
  const stopped = recordings("read").find(({ name }) => name === "web-stopped");
  if (!stopped) throw new Error("the recording of a stopped container is missing");
  const running = inspected("Container", "web-9fd8a25");
  const killed = {
    ...running,
    State: { ...running.State, Running: false, ExitCode: 137 },
  };
  const endpoints = Object.entries(killed.NetworkSettings.Networks).map(([name, endpoint]) => [
    name,
    { ...endpoint, Gateway: "", IPAddress: "", IPPrefixLen: 0, MacAddress: "" },
  ]);
  killed.NetworkSettings = { ...killed.NetworkSettings, Networks: Object.fromEntries(endpoints) };
  const seen = observedContainer(killed, stopped.known);
  const state = refreshed(containerProperties, stopped.known, {
    ...seen,
    name: stopped.outputs["name"] ?? null,
  });
  expect(comparable(state)).toEqual(comparable(stopped.outputs));
});
