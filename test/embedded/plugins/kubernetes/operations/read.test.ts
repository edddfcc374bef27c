import { describe, expect, it } from "vitest";
import type { Values } from "../../../../../embedded/plugins/provider/value.ts";
import { revealed } from "../../../../../embedded/plugins/provider/wire.ts";
import { list, recordings, text, values } from "../../../../support/recordings.ts";
import { Managed } from "../managed.ts";
import { notFound, ScriptedApiServer } from "../scripted-api-server.ts";
import { calling, cluster, resourceFor, urnOf } from "../support.ts";

const token = "kubernetes:core/v1:ConfigMap";
const settings = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "settings" },
  data: { level: "1" },
};
const live = {
  ...settings,
  metadata: {
    name: "settings",
    namespace: "shop",
    uid: "u",
    annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{}", mine: "x" },
    managedFields: [{}],
  },
  data: { level: "9", added: "y" },
};

describe("a refresh", () => {
  it("finds what somebody else changed of what the program wants, and nothing else", async () => {
    await using server = await ScriptedApiServer.start(({ method, body }) => ({
      body: method === "POST" ? body : live,
    }));
    const resource = new Managed(cluster({ namespace: "shop" }, server.client()), token, "settings");
    await resource.up(settings);
    expect(await resource.refresh()).toBe(true);
    expect(resource.known.inputs).toMatchObject({ data: { level: "9" } });
    expect(resource.known.inputs["data"]).not.toHaveProperty("added");
    expect(resource.known.outputs["metadata"]).not.toHaveProperty("managedFields");
    expect(await resource.diff(settings)).toMatchObject({
      details: { "data.level": { kind: "update", replaces: true } },
    });
  });

  it("forgets an object that is gone", async () => {
    await using server = await ScriptedApiServer.start(({ method, body }) =>
      method === "POST" ? { body } : notFound("settings"),
    );
    const resource = new Managed(cluster({}, server.client()), token, "settings");
    await resource.up(settings);
    expect(await resource.refresh()).toBe(false);
  });

  it.each([
    [{}, expect.stringContaining("failed to read resource state due to unreachable cluster")],
    [{ deleteUnreachable: true }, undefined],
    [{ skipUpdateUnreachable: true }, settings],
  ])("of an unreachable cluster with %j", async (given: Values, expected) => {
    const urn = urnOf(token, "settings");
    const { context, lines } = calling(cluster(given, "connect ECONNREFUSED"), urn);
    const known = { id: "shop/settings", inputs: settings, outputs: settings };
    const answer = await resourceFor(urn)
      .read(known, context)
      .then(
        (state) => state?.inputs,
        (error: Error) => error.message,
      );
    expect(answer).toEqual(expected);
    expect(lines).toEqual([
      { severity: "warning", message: "configured Kubernetes cluster is unreachable: connect ECONNREFUSED" },
    ]);
  });
});

it("an import has as inputs all that a program could have written", async () => {
  await using server = await ScriptedApiServer.start(() => ({ body: { ...live, status: {} } }));
  const resource = new Managed(cluster({}, server.client()), token, "settings");
  expect(await resource.import("shop/settings")).toEqual({
    ...settings,
    metadata: { name: "settings", namespace: "shop", annotations: { mine: "x" } },
    data: { level: "9", added: "y" },
  });
  expect(server.asked).toMatchObject([{ method: "GET", path: "namespaces/shop/configmaps/settings" }]);
});

describe("a refresh answers as the official plugin was recorded to:", () => {
  const ofKindsThatAreServed = recordings("kubernetes", "Read").filter(({ request, response }) =>
    ["ConfigMap", "Secret", "Namespace"].includes(
      text(values(values(response["properties"])["__inputs"])["kind"] ?? values(request["inputs"])["kind"]),
    ),
  );

  it.each(ofKindsThatAreServed.map((recording) => [text(recording.request["urn"]), recording] as const))(
    "%s",
    async (urn, { request, response }) => {
      const { __inputs, __fieldManager, __initialApiVersion, ...object } = values(response["properties"]);
      await using server = await ScriptedApiServer.start(() =>
        response["id"] === undefined ? notFound(urn) : { body: revealed(object) },
      );
      const { context } = calling(cluster(values(request["settings"]), server.client()), urn);
      const found = await resourceFor(urn).read(
        {
          id: text(request["id"]),
          outputs: values(request["properties"]),
          inputs: values(request["inputs"]),
        },
        context,
      );
      expect(found).toEqual(
        response["id"] === undefined
          ? undefined
          : { id: response["id"], outputs: response["properties"], inputs: response["inputs"] },
      );
    },
  );

  it("with the one that was deleted behind Pulumi's back among them", () => {
    expect(list(ofKindsThatAreServed.map(({ response }) => response["id"] ?? null))).toContain(null);
  });
});
