import any from "google-protobuf/google/protobuf/any_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type * as grpc from "@grpc/grpc-js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import status from "@pulumi/pulumi/proto/status_pb.js";
import { expect, it } from "vitest";
import { secret } from "../../../../embedded/plugins/provider/wire.ts";
import type { Values } from "../../../../embedded/plugins/provider/value.ts";
import { ask, methods, PluginProcess, type Client } from "../../../support/plugin-client.ts";
import { refusal, ScriptedApiServer } from "./scripted-api-server.ts";
import { urnOf } from "./support.ts";

const message = (values: Values) => struct.Struct.fromJavaScript({ ...values });
const urn = urnOf("kubernetes:core/v1:ConfigMap", "settings");
const inputs = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "settings", namespace: "shop" },
  data: secret({ level: "1" }),
};

/** Configured as the engine does it: by variables alone where the settings are the stack's. */
async function configure(client: Client, kubeconfig: string) {
  const request = new messages.ConfigureRequest().setArgs(message({})).setAcceptsecrets(true);
  request.getVariablesMap().set("kubernetes:config:kubeconfig", kubeconfig);
  request.getVariablesMap().set("kubernetes:config:enableConfigMapMutable", "true");
  return ask(client, methods.configure, request);
}

it("as a process the plugin keeps marks of secrets, and tells the engine what to keep of a failure", async () => {
  await using server = await ScriptedApiServer.start(({ method, body }) => {
    if (method === "PATCH") return refusal(409, "Conflict", "conflict with somebody");
    return { body: body ?? { ...inputs, data: { level: "1" } } };
  });
  await using plugin = await PluginProcess.start("kubernetes");
  const configured = await configure(plugin.client, server.kubeconfig());
  expect(configured.toObject()).toMatchObject({ acceptsecrets: true, supportspreview: true });

  const created = await ask(
    plugin.client,
    methods.create,
    new messages.CreateRequest().setUrn(urn).setProperties(message(inputs)),
  );
  expect(created.getId()).toBe("shop/settings");
  expect(created.getProperties()?.toJavaScript()).toMatchObject({
    data: secret({ level: "1" }),
    __inputs: { data: secret({ level: "1" }) },
  });

  const change = new messages.UpdateRequest()
    .setId("shop/settings")
    .setUrn(urn)
    .setOlds(created.getProperties())
    .setOldInputs(message(inputs))
    .setNews(message({ ...inputs, data: secret({ level: "2" }) }));
  const error = (await ask(plugin.client, methods.update, change).catch(
    (thrown: unknown) => thrown,
  )) as grpc.ServiceError;
  expect(error.details).toContain("conflict with somebody");
  const [details] = error.metadata.get("grpc-status-details-bin");
  const [detail] = status.Status.deserializeBinary(Buffer.from(details ?? "")).getDetailsList();
  expect(detail).toBeInstanceOf(any.Any);
  const failed = detail?.unpack(
    (bytes) => messages.ErrorResourceInitFailed.deserializeBinary(bytes),
    "pulumirpc.ErrorResourceInitFailed",
  );
  expect(failed?.getId()).toBe("shop/settings");
  expect(failed?.getReasonsList()).toEqual([error.details]);
  expect(failed?.getProperties()?.toJavaScript()).toMatchObject({
    __inputs: { data: secret({ level: "2" }) },
  });
});

it("a type that is no object of the API is refused", async () => {
  await using plugin = await PluginProcess.start("kubernetes");
  await configure(plugin.client, "{}");
  const request = new messages.CheckRequest().setUrn(urnOf("kubernetes:helm.sh/v4:Chart", "chart"));
  await expect(ask(plugin.client, methods.check, request)).rejects.toThrow(
    /no 'kubernetes:helm.sh\/v4:Chart'/,
  );
});
