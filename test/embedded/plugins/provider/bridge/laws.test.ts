import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  containerProperties,
  networkProperties,
  remoteImageProperties,
  volumeProperties,
} from "../../../../../embedded/plugins/docker/properties.ts";
import { check } from "../../../../../embedded/plugins/provider/bridge/check.ts";
import { diff } from "../../../../../embedded/plugins/provider/bridge/diff.ts";
import { extractInputs } from "../../../../../embedded/plugins/provider/bridge/extract.ts";
import { plan } from "../../../../../embedded/plugins/provider/bridge/plan.ts";
import { semantics, type Bridge } from "../../../../../embedded/plugins/provider/bridge/semantics.ts";
import { known } from "../../../../../embedded/plugins/provider/bridge/state.ts";
import type { Properties } from "../../../../../embedded/plugins/provider/property.ts";
import type { Values } from "../../../../../embedded/plugins/provider/value.ts";
import { passwordProperties } from "../../../../../embedded/plugins/random/properties.ts";
import { selfSignedCertProperties } from "../../../../../embedded/plugins/tls/properties.ts";
import { inputsOf } from "../../../../support/bridge-properties.ts";

const tables: Readonly<Record<string, readonly [Properties, Bridge]>> = {
  container: [containerProperties, "sdk"],
  network: [networkProperties, "sdk"],
  volume: [volumeProperties, "sdk"],
  image: [remoteImageProperties, "sdk"],
  password: [passwordProperties, "framework"],
  certificate: [selfSignedCertProperties, "framework"],
};

const urn = "urn:pulumi:test::keelson::any::thing";

describe.each(Object.entries(tables))("for all inputs of a %s", (_, [properties, bridge]) => {
  const checked = (inputs: Values, oldInputs: Values = {}) =>
    check(properties, { urn, inputs, oldInputs, randomSeed: Buffer.from("seed") }, semantics[bridge]);
  const difference = (inputs: Values, outputs: Values) =>
    diff(
      { properties, create: () => Promise.reject(new Error("never")) },
      { urn, id: "1", oldInputs: inputs, inputs, outputs, ignoreChanges: [] },
      semantics[bridge],
    );
  /** The state that a provider leaves which computes nothing; the SDK knows no list that is not there. */
  const made = (inputs: Values): Values =>
    Object.fromEntries(
      Object.entries(known(plan(properties, undefined, inputs, semantics[bridge]))).map(([name, value]) => {
        const type = properties[name]?.type;
        const isList = typeof type === "object" && ("list" in type || "set" in type);
        return [name, value === null && isList && bridge === "sdk" ? [] : value];
      }),
    );
  const law = (holds: (inputs: Values) => void): void =>
    fc.assert(fc.property(inputsOf(properties), holds), { numRuns: 25 });

  it("a check finds nothing wrong, and a second one changes nothing", () => {
    law((inputs) => {
      const first = checked(inputs);
      expect(first.failures).toEqual([]);
      expect(checked(inputs, first.inputs)).toEqual(first);
    });
  });

  it("a resource just made is not different from what was wanted", () => {
    law((given) => {
      const { inputs } = checked(given);
      expect(difference(inputs, made(inputs))).toMatchObject({ changed: false, replaces: [] });
    });
  });

  it("the order of a set makes no difference", () => {
    law((given) => {
      const { inputs } = checked(given);
      const turned = Object.fromEntries(
        Object.entries(inputs).map(([name, value]) => {
          const type = properties[name]?.type;
          const isSet = typeof type === "object" && "set" in type;
          return [name, isSet && Array.isArray(value) ? value.toReversed() : value];
        }),
      );
      expect(difference(turned, made(inputs)).changed).toBe(false);
    });
  });

  it("a refresh that finds everything as it was leaves the inputs as they were", () => {
    law((given) => {
      const { inputs } = checked(given);
      const found = extractInputs(properties, inputs, made(inputs), semantics[bridge]);
      expect(difference(checked(given, found).inputs, made(inputs)).changed).toBe(false);
    });
  });
});
