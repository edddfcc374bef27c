import { describe, expect, test } from "vitest";
import {
  containerProperties,
  networkProperties,
  volumeProperties,
} from "../../../../embedded/plugins/docker/properties.ts";
import { withDefaults } from "../../../../embedded/plugins/provider/bridge/defaults.ts";
import { created, updated } from "../../../../embedded/plugins/docker/state.ts";
import { recordings, sorted } from "./recordings.ts";

const tables = { Container: containerProperties, Network: networkProperties, Volume: volumeProperties };

describe("state of the embedded docker plugin, compared with the official plugin's", () => {
  for (const { type, name, known, inputs, outputs } of recordings("update"))
    test(`an update of ${type} "${name}" keeps what is computed and takes what is given`, () => {
      const { id: _, ...expected } = outputs;
      const given = withDefaults(tables[type], inputs);
      expect(sorted(updated(tables[type], known, given))).toEqual(sorted(expected));
    });

  for (const { type, name, inputs, outputs } of recordings("failed create"))
    test(`a ${type} whose creation failed half-way ("${name}") is kept as planned`, () => {
      const { id: _, ...expected } = outputs;
      expect(sorted(created(tables[type], withDefaults(tables[type], inputs), {}))).toEqual(sorted(expected));
    });

  for (const { type, name, inputs, outputs } of recordings("create"))
    test(`${type} "${name}" has after its creation what was planned, and what the daemon told of the rest`, () => {
      const { id: _, ...expected } = outputs;
      const read = recordings("read").find((each) => each.known["id"] === outputs["id"]);
      const observed = { ...outputs, ...read?.outputs };
      const state = created(tables[type], withDefaults(tables[type], inputs), observed);
      expect(sorted(state)).toEqual(sorted(expected));
    });
});
