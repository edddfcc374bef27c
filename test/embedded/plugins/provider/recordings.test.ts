import { describe, expect, it } from "vitest";
import { docker } from "../../../../embedded/plugins/docker/provider.ts";
import { random } from "../../../../embedded/plugins/random/provider.ts";
import { typeOfUrn, nameOfUrn } from "../../../../embedded/plugins/provider/urn.ts";
import type { Context, Provider, Resource } from "../../../../embedded/plugins/provider/resource.ts";
import type { Difference } from "../../../../embedded/plugins/provider/questions.ts";
import { isValues, type Value, type Values } from "../../../../embedded/plugins/provider/value.ts";
import { extractInputs } from "../../../../embedded/plugins/provider/bridge/extract.ts";
import { semantics } from "../../../../embedded/plugins/provider/bridge/semantics.ts";
import { readStruct, writeStruct } from "../../../../embedded/plugins/provider/wire.ts";
import { list, recordings, text, values, type Recording } from "../../../support/recordings.ts";

const plugins = [
  { provider: docker, bridge: "sdk" },
  { provider: random, bridge: "framework" },
] as const;

for (const { provider, bridge } of plugins)
  describe(`the ${provider.name} plugin answers as the official one was recorded to:`, () => {
    it.each(about(recordings(provider.name, "Check")))("check of %s", async (_, { request, response }) => {
      const { inputs, failures } = await resourceOf(provider, request).check(
        {
          urn: text(request["urn"]),
          oldInputs: values(request["olds"]),
          inputs: values(request["news"]),
          randomSeed: Buffer.from(text(request["randomSeed"]), "base64"),
        },
        context(request),
      );
      expect({ inputs, failures }).toEqual({ inputs: response["inputs"], failures: [] });
    });

    it.each(about(recordings(provider.name, "Diff")))(
      "difference of %s",
      async (_, { request, response }) => {
        const difference = await resourceOf(provider, request).diff(
          {
            urn: text(request["urn"]),
            id: text(request["id"]),
            oldInputs: values(request["oldInputs"]),
            outputs: values(request["olds"]),
            inputs: values(request["news"]),
            ignoreChanges: list(request["ignoreChanges"]).map(text),
          },
          context(request),
        );
        expect({
          changed: difference.changed,
          differs: difference.differs,
          replaces: difference.replaces,
          stables: difference.stables,
          deleteBeforeReplace: difference.deleteBeforeReplace,
          details: kinds(difference),
        }).toEqual({
          changed: response["changes"] === "DIFF_SOME",
          differs: list(response["diffs"]),
          replaces: list(response["replaces"]),
          stables: list(response["stables"]),
          deleteBeforeReplace: response["deleteBeforeReplace"] ?? false,
          details: Object.fromEntries(
            Object.entries(values(response["detailedDiff"])).map(([path, each]) => [
              path,
              values(each)["kind"] ?? "ADD",
            ]),
          ),
        });
      },
    );

    it.each(about(recordings(provider.name, "Create", "Update")))("preview of %s", async (_, recording) => {
      const { request, response } = recording;
      const resource = resourceOf(provider, request);
      const planned =
        recording.method === "Create"
          ? await resource.previewCreate({ inputs: values(request["properties"]) }, context(request))
          : await resource.previewUpdate(
              {
                id: text(request["id"]),
                inputs: values(request["news"]),
                oldInputs: values(request["oldInputs"]),
                outputs: values(request["olds"]),
              },
              context(request),
            );
      expect(unordered(planned)).toEqual(unordered(values(response["properties"])));
    });

    it.each(about(recordings(provider.name, "Read")))("inputs found by a refresh of %s", (_, recording) => {
      const { properties = {} } = resourceOf(provider, recording.request);
      const found = readStruct(writeStruct(values(recording.response["properties"])));
      if (Object.keys(found).length === 0) return;
      expect(
        extractInputs(properties, values(recording.request["inputs"]), found, semantics[bridge]),
      ).toEqual(recording.response["inputs"]);
    });
  });

/** Rows for `it.each`: a title and the recording. */
function about(all: readonly Recording[]): readonly (readonly [string, Recording])[] {
  return all.map((recording) => [nameOfUrn(text(recording.request["urn"])), recording]);
}

function resourceOf(provider: Pick<Provider, "resources">, request: Values): Resource {
  const resource = provider.resources[typeOfUrn(text(request["urn"]))];
  if (!resource) throw new Error(`no resource for ${text(request["urn"])}`);
  return resource;
}

function context(request: Values): Context {
  return {
    urn: text(request["urn"]),
    configuration: undefined,
    signal: new AbortController().signal,
    log: () => {},
  };
}

/** The details as the engine's protocol names them. */
function kinds({ details = {} }: Difference): Record<string, string> {
  return Object.fromEntries(
    Object.entries(details).map(([path, { kind, replaces }]) => [
      path,
      kind.toUpperCase() + (replaces ? "_REPLACE" : ""),
    ]),
  );
}

/** Sets come in an order of their own; what is the bridge's is left out. */
function unordered(value: Value): Value {
  if (Array.isArray(value)) {
    const elements: readonly Value[] = value;
    return elements
      .map(unordered)
      .toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  }
  if (!isValues(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !name.startsWith("__"))
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, each]) => [name, unordered(each)]),
  );
}
