import { describe, expect, it } from "vitest";
import { InitializationError } from "../../../../../embedded/plugins/provider/resource.ts";
import type { Values } from "../../../../../embedded/plugins/provider/value.ts";
import { Managed } from "../managed.ts";
import { notFound, refusal, ScriptedApiServer, type Answer, type Asked } from "../scripted-api-server.ts";
import { calling, cluster, resourceFor, urnOf } from "../support.ts";

const token = "kubernetes:core/v1:ConfigMap";
const mutable = { enableConfigMapMutable: true };

function settings(level: string, metadata: Values = {}): Values {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "settings", ...metadata },
    data: { level },
  };
}

/** A server with one object, whose fields are managed as given. */
async function holding(managedFields: readonly object[], patched: (asked: Asked) => Answer = stored) {
  const metadata = { name: "settings", namespace: "default", resourceVersion: "7", managedFields };
  return ScriptedApiServer.start((asked) => {
    if (asked.method === "PATCH" || asked.method === "PUT") return patched(asked);
    if (asked.method === "DELETE") return { body: { kind: "Status", status: "Success" } };
    return { body: { ...settings("1"), metadata } };
  });
}

function stored({ body, contentType }: Asked): Answer {
  const isJson = contentType === "application/json-patch+json";
  const metadata = { name: "settings", namespace: "default", resourceVersion: "8" };
  return {
    body: isJson
      ? { ...settings("1"), metadata: { ...metadata, managedFields: body[0].value } }
      : { ...body, metadata },
  };
}

function manages(manager: string, fields: object, more: object = {}): object {
  return {
    manager,
    operation: "Update",
    apiVersion: "v1",
    fieldsType: "FieldsV1",
    fieldsV1: fields,
    ...more,
  };
}

const level = { "f:data": { "f:level": {} } };

describe("a change in place", () => {
  it("is applied under a name of the resource's own, after the fields of its creation were made its own", async () => {
    await using server = await holding([
      manages("pulumi-kubernetes", level),
      manages("controller", { "f:status": {} }),
    ]);
    const resource = new Managed(cluster(mutable, server.client()), token, "settings");
    await resource.up(settings("1"));
    const { manager } = resource;
    await resource.up(settings("2"));
    expect(server.asked.slice(2)).toMatchObject([
      {
        contentType: "application/json-patch+json",
        body: [
          {
            path: "/metadata/managedFields",
            value: [{ manager, operation: "Apply", fieldsV1: level }, { manager: "controller" }],
          },
          { path: "/metadata/resourceVersion", value: "7" },
        ],
      },
      {
        contentType: "application/apply-patch+yaml",
        query: { fieldManager: manager, force: "false" },
        body: { data: { level: "2" } },
      },
    ]);
  });

  it("takes over what was set by hand, and not what another controller set", async () => {
    await using server = await holding([
      manages("kubectl-edit", level),
      manages("autoscaler", { "f:data": { "f:size": {} } }),
      manages("kubectl", { "f:spec": {} }, { subresource: "scale" }),
    ]);
    const resource = new Managed(cluster(mutable, server.client()), token, "settings");
    await resource.up(settings("1"));
    await resource.up(settings("2"));
    const managers = server.asked[2]?.body[0].value.map((entry: { manager: string }) => entry.manager);
    expect(managers).toEqual([resource.manager, "autoscaler", "kubectl"]);
  });

  it("is made to the version that is there when a controller was faster", async () => {
    let attempts = 0;
    await using server = await holding([manages("pulumi-kubernetes", level)], (asked) =>
      asked.contentType === "application/json-patch+json" && ++attempts === 1
        ? refusal(409, "Conflict", "the object has been modified")
        : stored(asked),
    );
    const resource = new Managed(cluster(mutable, server.client()), token, "settings");
    await resource.up(settings("1"));
    await resource.up(settings("2"));
    expect(attempts).toBe(2);
    expect(resource.known.outputs).toMatchObject({ data: { level: "2" } });
  });

  it("that conflicts says with whom about what, and keeps the object in the state", async () => {
    const conflict =
      'Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using v1: .data.level';
    await using server = await holding([manages("x", level)], () => refusal(409, "Conflict", conflict));
    const resource = new Managed(cluster(mutable, server.client()), token, "settings");
    await resource.up(settings("1"));
    const { manager } = resource;
    const error: unknown = await resource.up(settings("2")).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InitializationError);
    expect(error).toMatchObject({
      message: `the Kubernetes API server reported that "default/settings" failed to fully initialize or become live: server-side apply field conflict detected, see https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/#handle-field-conflicts-on-existing-resources for troubleshooting help\nThe resource managed by field manager "${manager}" had an apply conflict: ${conflict}`,
      state: {
        id: "default/settings",
        outputs: { data: { level: "1" }, __inputs: { data: { level: "2" } } },
      },
    });
  });

  it("is forced where the object's annotation says so", async () => {
    await using server = await holding([manages("x", level)]);
    const resource = new Managed(cluster(mutable, server.client()), token, "settings");
    await resource.up(settings("1"));
    await resource.up(settings("2", { annotations: { "pulumi.com/patchForce": "true" } }));
    expect(server.asked.at(-1)).toMatchObject({ query: { force: "true" } });
  });

  it("does not name what the program ignores and somebody else manages", async () => {
    await using server = await holding([manages("x", level)]);
    const resource = new Managed(cluster(mutable, server.client()), token, "settings");
    await resource.up(settings("1"));
    const changed = { ...settings("2"), immutable: true };
    await resource.up(changed, { ignoreChanges: ["data.level"] });
    expect(server.asked.at(-1)?.body).toMatchObject({ immutable: true, data: {} });
    expect(server.asked.at(-1)?.body.data).not.toHaveProperty("level");
  });

  it("gives what the program ignores and nobody else manages the value that it has", async () => {
    await using server = await holding([manages("x", { "f:metadata": {} })]);
    const resource = new Managed(cluster(mutable, server.client()), token, "settings");
    await resource.up(settings("1"));
    await resource.up({ ...settings("2"), immutable: true }, { ignoreChanges: ["data.level"] });
    expect(server.asked.at(-1)?.body).toMatchObject({ data: { level: "1" } });
  });

  it("is previewed with a dry run that takes nothing over", async () => {
    await using server = await holding([manages("pulumi-kubernetes", level)]);
    const resource = new Managed(cluster(mutable, server.client()), token, "settings");
    await resource.up(settings("1"));
    expect(await resource.preview(settings("2"))).toMatchObject({ data: { level: "2" } });
    expect(server.asked.slice(2)).toMatchObject([
      { contentType: "application/apply-patch+yaml", query: { dryRun: "All", force: "true" } },
    ]);
  });

  it("without server-side apply sends what changed and what is gone", async () => {
    await using server = await holding([]);
    const here = cluster({ ...mutable, enableServerSideApply: false }, server.client());
    const resource = new Managed(here, token, "settings");
    await resource.up({ ...settings("1"), binaryData: { a: "YQ==" } });
    await resource.up(settings("2"));
    expect(server.asked.at(-1)).toMatchObject({
      contentType: "application/merge-patch+json",
      query: { fieldManager: "pulumi-kubernetes" },
      body: { data: { level: "2" }, binaryData: null },
    });
  });

  it("of a definition replaces it whole, if it is still the one that was seen", async () => {
    const definition = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };
    const named = {
      ...definition,
      metadata: { name: "a.b", annotations: { "pulumi.com/skipAwait": "true" } },
    };
    await using server = await ScriptedApiServer.start(({ method, body }) => ({
      body: method === "GET" ? { ...named, metadata: { name: "a.b", resourceVersion: "7" } } : body,
    }));
    const resource = new Managed(
      cluster({}, server.client()),
      "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
      "crd",
    );
    await resource.up({ ...named, spec: { group: "b" } });
    await resource.up({ ...named, spec: { group: "b", more: 1 } });
    expect(server.asked.at(-1)).toMatchObject({
      method: "PUT",
      path: "customresourcedefinitions/a.b",
      body: { metadata: { resourceVersion: "7" }, spec: { more: 1 } },
    });
  });
});

describe("a Patch resource", () => {
  const patch = "kubernetes:core/v1:ConfigMapPatch";

  it("sets its fields by an apply, never replaces the object for them, and leaves it when it goes", async () => {
    await using server = await holding([]);
    const resource = new Managed(cluster({}, server.client()), patch, "patch");
    await resource.up(settings("2"));
    expect(server.asked).toMatchObject([{ method: "PATCH", body: { data: { level: "2" } } }]);
    expect(await resource.diff(settings("3"))).toMatchObject({ changed: true, replaces: [] });
    await resource.delete();
    expect(server.asked.at(-1)).toMatchObject({
      method: "PATCH",
      query: { fieldManager: expect.stringMatching(/^pulumi-kubernetes-/) },
      body: { metadata: { name: "settings", namespace: "default" } },
    });
    expect(server.asked.at(-1)?.body).not.toHaveProperty("data");
  });

  it("needs the name of the object", async () => {
    const resource = new Managed(cluster({}), patch, "patch");
    await expect(resource.preview({ apiVersion: "v1", kind: "ConfigMap" })).rejects.toThrow(
      "a Patch resource needs `.metadata.name`",
    );
  });
});

describe("a deletion", () => {
  const gone = () => {
    const deleted = new Set<string>();
    return ScriptedApiServer.start((asked) => {
      const name = asked.path.split("/").at(-1) ?? "";
      if (asked.method === "DELETE") deleted.add(name);
      if (asked.method === "GET" && deleted.has(name)) return notFound(name);
      return { body: asked.body ?? { kind: "Status", status: "Success" } };
    });
  };

  it.each([
    [undefined, "Foreground"],
    ["background", "Background"],
    ["orphan", "Orphan"],
  ])("annotated %s deletes what depends on the object by the policy %s", async (annotation, policy) => {
    await using server = await gone();
    const resource = new Managed(cluster({}, server.client()), token, "settings");
    const annotations = annotation ? { "pulumi.com/deletionPropagationPolicy": annotation } : {};
    await resource.up(settings("1", { annotations }));
    await resource.delete();
    expect(server.asked[1]).toMatchObject({ method: "DELETE", body: { propagationPolicy: policy } });
  });

  it("leaves the connection fit for the next request", async () => {
    await using server = await gone();
    const resource = new Managed(cluster({}, server.client()), token, "settings");
    await resource.up(settings("1"));
    await resource.delete();
    await resource.up(settings("1"));
    expect(new Set(server.asked.map(({ connection }) => connection)).size).toBe(1);
  });

  it("of an object that is gone already is none", async () => {
    await using server = await ScriptedApiServer.start((asked) =>
      asked.method === "POST" ? { body: asked.body } : notFound("settings"),
    );
    const resource = new Managed(cluster({}, server.client()), token, "settings");
    await resource.up(settings("1"));
    await expect(resource.delete()).resolves.toBeUndefined();
  });

  it("from a cluster that is gone forgets the object only where that is wanted", async () => {
    await using server = await gone();
    const resource = new Managed(cluster({}, server.client()), token, "settings");
    await resource.up(settings("1"));
    const left = resource.known;
    await expect(deleteFrom({}, left.outputs)).rejects.toThrow(/PULUMI_K8S_DELETE_UNREACHABLE=true/);
    await expect(deleteFrom({ deleteUnreachable: true }, left.outputs)).resolves.toBeUndefined();
  });
});

async function deleteFrom(given: Values, outputs: Values): Promise<void> {
  const urn = urnOf(token, "settings");
  const { context } = calling(cluster(given, "connect ECONNREFUSED"), urn);
  await resourceFor(urn).delete({ id: "default/settings", inputs: {}, outputs }, context);
}
