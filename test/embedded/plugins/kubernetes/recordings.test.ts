import { describe, expect, it } from "vitest";
import { kubernetes } from "../../../../embedded/plugins/kubernetes/provider.ts";
import type { PropertyDifference } from "../../../../embedded/plugins/provider/questions.ts";
import { checkSettings } from "../../../../embedded/plugins/provider/settings.ts";
import type { Values } from "../../../../embedded/plugins/provider/value.ts";
import { nameOfUrn, typeOfUrn } from "../../../../embedded/plugins/provider/urn.ts";
import { list, recordings, text, values, type Recording } from "../../../support/recordings.ts";
import { calling, cluster, resourceFor } from "./support.ts";

describe("the kubernetes plugin answers as the official one was recorded to:", () => {
  it.each(about("CheckConfig"))("check of the settings of %s", (_, { request, response }) => {
    const checked = checkSettings(kubernetes, text(request["urn"]), values(request["news"]));
    expect(checked).toEqual({ inputs: response["inputs"], failures: [] });
  });

  it.each(about("DiffConfig"))("difference of the settings of %s", (_, { request, response }) => {
    const difference = kubernetes.diffSettings?.(values(request["olds"]), values(request["news"]));
    expect(difference).toMatchObject({ changed: response["changes"] !== "DIFF_NONE", replaces: [] });
  });

  it.each(about("Check"))("check of %s", async (_, { request, response }) => {
    const urn = text(request["urn"]);
    const { context, lines } = calling(cluster(values(request["settings"])), urn);
    const { inputs, failures } = await resourceFor(urn).check(
      {
        urn,
        oldInputs: values(request["olds"]),
        inputs: values(request["news"]),
        randomSeed: Buffer.from(text(request["randomSeed"]), "base64"),
      },
      context,
    );
    expect({ inputs, failures, lines }).toEqual({ inputs: response["inputs"], failures: [], lines: [] });
  });

  it.each(about("Diff"))("difference of %s", async (_, { request, response }) => {
    const urn = text(request["urn"]);
    const { context } = calling(cluster(values(request["settings"])), urn);
    const difference = await resourceFor(urn).diff(
      {
        urn,
        id: text(request["id"]),
        oldInputs: values(request["oldInputs"]),
        outputs: values(request["olds"]),
        inputs: values(request["news"]),
        ignoreChanges: list(request["ignoreChanges"]).map(text),
      },
      context,
    );
    expect({
      changed: difference.changed,
      replaces: difference.replaces.toSorted(),
      deleteBeforeReplace: difference.deleteBeforeReplace,
      details: details(difference.details ?? {}),
    }).toEqual({
      changed: response["changes"] === "DIFF_SOME",
      replaces: list(response["replaces"]).map(text).toSorted(),
      deleteBeforeReplace: response["deleteBeforeReplace"] ?? false,
      details: values(response["detailedDiff"]),
    });
  });

  it.each(about("Create").filter(([, { request, response }]) => isUnanswered(request, response)))(
    "preview of %s, which the cluster cannot tell yet",
    async (_, { request, response }) => {
      const urn = text(request["urn"]);
      const { context } = calling(cluster(values(request["settings"])), urn);
      const inputs = values(request["properties"]);
      expect(await resourceFor(urn).previewCreate({ inputs }, context)).toEqual(response["properties"]);
    },
  );
});

/** Whether the preview was made without the API server: no state of an object came back. */
function isUnanswered(request: Values, response: Values): boolean {
  return request["preview"] === true && !("__inputs" in values(response["properties"]));
}

/** Rows for `it.each`: a title and the recording. */
function about(method: string): readonly (readonly [string, Recording])[] {
  return recordings("kubernetes", method).map((recording) => {
    const urn = text(recording.request["urn"]);
    return [`${typeOfUrn(urn)} ${nameOfUrn(urn)}`, recording];
  });
}

/** The details as the engine's protocol names them. */
function details(each: Readonly<Record<string, PropertyDifference>>): Record<string, object> {
  return Object.fromEntries(
    Object.entries(each).map(([path, { kind, replaces, inputs }]) => [
      path,
      {
        ...(kind === "add" && !replaces ? {} : { kind: kind.toUpperCase() + (replaces ? "_REPLACE" : "") }),
        ...(inputs ? { inputDiff: true } : {}),
      },
    ]),
  );
}
