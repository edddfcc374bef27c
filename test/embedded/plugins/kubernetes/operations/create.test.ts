import { describe, expect, it } from "vitest";
import { InitializationError } from "../../../../../embedded/plugins/provider/resource.ts";
import { revealed, secret } from "../../../../../embedded/plugins/provider/wire.ts";
import { unknown, type Values } from "../../../../../embedded/plugins/provider/value.ts";
import { recordings, text, values } from "../../../../support/recordings.ts";
import { Managed } from "../managed.ts";
import { notFound, refusal, ScriptedApiServer, type Answer, type Asked } from "../scripted-api-server.ts";
import { calling, cluster, resourceFor } from "../support.ts";

const settings = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "settings" },
  data: { level: "1" },
};
const token = "kubernetes:core/v1:ConfigMap";

/** The object as the server makes it from what it is sent. */
function made({ body }: Asked): Answer {
  return { body: { ...body, metadata: { ...body.metadata, uid: "u1", managedFields: [{}] } } };
}

async function scripted(answer: (asked: Asked) => Answer) {
  return ScriptedApiServer.start(answer);
}

describe("a creation", () => {
  it("posts the object under the plugin's common name, in the provider's namespace", async () => {
    await using server = await scripted(made);
    const resource = new Managed(cluster({}, server.client()), token, "settings");
    await resource.up(settings);
    expect(server.asked).toMatchObject([
      {
        method: "POST",
        path: "namespaces/default/configmaps",
        query: { fieldManager: "pulumi-kubernetes" },
        body: { ...settings, metadata: { name: "settings", namespace: "default" } },
      },
    ]);
    const inputs = { ...settings, metadata: { name: "settings", namespace: "default" } };
    expect(resource.known).toEqual({
      id: "default/settings",
      inputs,
      outputs: {
        ...inputs,
        metadata: { ...inputs.metadata, uid: "u1" },
        __inputs: inputs,
        __initialApiVersion: "v1",
        __fieldManager: expect.stringMatching(/^pulumi-kubernetes-[0-9a-f]{8}$/),
      },
    });
  });

  it("asks once how the kinds of a version are served, whatever is created", async () => {
    await using server = await scripted(made);
    const here = cluster({}, server.client());
    const names = ["a", "b", "c"];
    await Promise.all(
      names.map((name) => new Managed(here, token, name).up({ ...settings, metadata: { name } })),
    );
    expect(server.discoveries).toEqual(["v1"]);
  });

  it("makes a name up where the program gives none, and keeps it", async () => {
    await using server = await scripted((asked) =>
      asked.method === "GET" ? { body: { ...settings, metadata: { name: "x" } } } : made(asked),
    );
    const resource = new Managed(cluster({}, server.client()), token, "settings");
    const unnamed = { ...settings, metadata: { labels: { a: "b" } } };
    await resource.up(unnamed);
    expect(resource.known.inputs["metadata"]).toEqual({
      name: expect.stringMatching(/^settings-[0-9a-f]{8}$/),
      namespace: "default",
      labels: { a: "b" },
      annotations: { "pulumi.com/autonamed": "true" },
    });
    expect(await resource.diff(unnamed)).toMatchObject({ changed: false });
    expect(await resource.diff({ ...unnamed, data: { level: "2" } })).toMatchObject({
      replaces: ["data.level"],
      deleteBeforeReplace: false,
    });
  });

  it("waits for a namespace that comes later", async () => {
    let attempts = 0;
    await using server = await scripted((asked) =>
      ++attempts === 1 ? notFound('namespaces "default"') : made(asked),
    );
    await new Managed(cluster({}, server.client()), token, "settings").up(settings);
    expect(attempts).toBe(2);
  });

  it("is repeated when the server is too busy, after the time that it names", async () => {
    let attempts = 0;
    await using server = await scripted((asked) =>
      ++attempts === 1
        ? { ...refusal(429, "TooManyRequests", "too busy"), headers: { "retry-after": "0" } }
        : made(asked),
    );
    await new Managed(cluster({}, server.client()), token, "settings").up(settings);
    expect(attempts).toBe(2);
  });

  it("of an object that is there already is refused with the ways out of it", async () => {
    await using server = await scripted(() =>
      refusal(409, "AlreadyExists", 'configmaps "settings" already exists'),
    );
    const resource = new Managed(cluster({}, server.client()), token, "settings");
    await expect(resource.up(settings)).rejects.toThrow(
      /was not successfully created.*configmaps "settings" already exists; what to do:.*alias.*pulumi import.*Patch resource.*upsertExistingObjects/,
    );
  });

  it("of such an object takes it over where the provider is told to", async () => {
    await using server = await scripted(made);
    const here = cluster({ upsertExistingObjects: true }, server.client());
    const resource = new Managed(here, token, "settings");
    await resource.up(settings);
    expect(server.asked).toMatchObject([
      {
        method: "PATCH",
        path: "namespaces/default/configmaps/settings",
        contentType: "application/apply-patch+yaml",
        query: { fieldManager: resource.manager, force: "false" },
      },
    ]);
  });

  it("tells of what the server warns of, and of deprecations only where they are wanted", async () => {
    const warning = '299 - "v1 X is deprecated", 299 - "would violate PodSecurity \\"restricted:latest\\""';
    await using server = await scripted((asked) => ({ ...made(asked), headers: { warning } }));
    const resource = new Managed(cluster({}, server.client()), token, "settings");
    await resource.up(settings);
    const violation = { severity: "warning", message: 'would violate PodSecurity "restricted:latest"' };
    expect(resource.lines).toEqual([{ severity: "warning", message: "v1 X is deprecated" }, violation]);
    const quiet = new Managed(
      cluster({ suppressDeprecationWarnings: true }, server.client()),
      token,
      "settings",
    );
    await quiet.up(settings);
    expect(quiet.lines).toEqual([violation]);
  });

  it("shows a refusal whole, and nothing is kept of it", async () => {
    const message =
      'pods "x" is forbidden: exceeded quota: compute, requested: limits.memory=2Gi, used: 3Gi, limited: 4Gi';
    await using server = await scripted(() => refusal(403, "Forbidden", message));
    const refused: unknown = await new Managed(cluster({}, server.client()), token, "settings")
      .up(settings)
      .catch((error: unknown) => error);
    expect(refused).not.toBeInstanceOf(InitializationError);
    expect(refused).toMatchObject({ message: expect.stringContaining(message) });
  });

  it("keeps a Secret's data secret in all of its state", async () => {
    await using server = await scripted(made);
    const resource = new Managed(cluster({}, server.client()), "kubernetes:core/v1:Secret", "keys");
    await resource.up({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "keys" },
      stringData: { a: "clear" },
    });
    const data = secret({ a: "Y2xlYXI=" });
    expect(server.asked[0]?.body).toMatchObject({ data: { a: "Y2xlYXI=" } });
    expect(resource.known).toMatchObject({ inputs: { data }, outputs: { data, __inputs: { data } } });
  });
});

describe("the state after a creation is as the official plugin was recorded to leave it:", () => {
  const ofKindsThatAreServed = recordings("kubernetes", "Create").filter(
    ({ request, response }) =>
      response["id"] !== undefined &&
      ["ConfigMap", "Secret", "Namespace"].includes(text(values(request["properties"])["kind"])),
  );

  it.each(ofKindsThatAreServed.map((recording) => [text(recording.request["urn"]), recording] as const))(
    "%s",
    async (urn, { request, response }) => {
      const outputs = values(response["properties"]);
      const { __inputs, __fieldManager, __initialApiVersion, ...object } = outputs;
      await using server = await scripted(() => ({ body: revealed(object) }));
      const { context } = calling(cluster(values(request["settings"]), server.client()), urn);
      const created = await resourceFor(urn).create({ inputs: values(request["properties"]) }, context);
      expect(created).toEqual({
        id: response["id"],
        outputs: { ...outputs, __fieldManager: expect.stringMatching(/^pulumi-kubernetes-[0-9a-f]{8}$/) },
      });
    },
  );
});

describe("the preview of a creation", () => {
  it("asks the server for all but keeping the result, and leaves its status out", async () => {
    await using server = await scripted((asked) => ({
      body: { ...asked.body, immutable: false, status: {} },
    }));
    const planned = await new Managed(cluster({}, server.client()), token, "settings").preview(settings);
    expect(server.asked).toMatchObject([{ method: "POST", query: { dryRun: "All" } }]);
    expect(planned).toMatchObject({ data: { level: "1" }, immutable: false });
    expect(planned).not.toHaveProperty("status");
  });

  it("sends nothing that is not known yet", async () => {
    await using server = await scripted(made);
    const resource = new Managed(cluster({}, server.client()), token, "settings");
    const program: Values = { ...settings, data: { level: unknown } };
    expect(await resource.preview(program)).toMatchObject({ data: { level: unknown } });
    expect(server.asked).toEqual([]);
  });

  it.each([
    ["its namespace is not there yet", notFound('namespaces "shop"')],
    ["it takes the place of one that is there", refusal(409, "AlreadyExists", "already exists")],
    ["whoever previews may not write", refusal(403, "Forbidden", "cannot create")],
  ])("is what the program wants while %s", async (_, answer) => {
    await using server = await scripted(() => answer);
    const planned = await new Managed(cluster({}, server.client()), token, "settings").preview(settings);
    expect(planned).toEqual({ ...settings, metadata: { name: "settings", namespace: "default" } });
  });

  it("shows what the server would refuse", async () => {
    await using server = await scripted(() => refusal(422, "Invalid", "data: Invalid value"));
    const resource = new Managed(cluster({}, server.client()), token, "settings");
    await expect(resource.preview(settings)).rejects.toThrow("data: Invalid value");
  });
});

describe("a cluster that cannot be reached", () => {
  const nowhere = () => new Managed(cluster({}, "connect ECONNREFUSED"), token, "settings");

  it("is no reason not to preview", async () => {
    expect(await nowhere().preview(settings)).toMatchObject({ data: { level: "1" } });
  });

  it("is named when something is to be made", async () => {
    await expect(nowhere().up(settings)).rejects.toThrow(
      "configured Kubernetes cluster is unreachable: connect ECONNREFUSED",
    );
  });
});
