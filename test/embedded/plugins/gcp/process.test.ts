import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import { expect, it, vi } from "vitest";
import { unknown, type Values } from "../../../../embedded/plugins/provider/value.ts";
import { ask, methods, PluginProcess, type Client } from "../../../support/plugin-client.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { types } from "./imagined-google.ts";

const message = (values: Values) => struct.Struct.fromJavaScript({ ...values });
const urnOf = (type: string) => `urn:pulumi:test::keelson::${type}::prod`;

async function create(client: Client, type: string, inputs: Values, preview = false) {
  const request = new messages.CreateRequest()
    .setUrn(urnOf(type))
    .setProperties(message(inputs))
    .setPreview(preview);
  return ask(client, methods.create, request);
}

async function start() {
  vi.stubEnv("KEELSON_HOME", temporaryFolder());
  const plugin = await PluginProcess.start("gcp");
  const settings = message({
    project: "acme-ai",
    region: "europe-west4",
    defaultLabels: '{"team":"platform"}',
  });
  await ask(plugin.client, methods.configure, new messages.ConfigureRequest().setArgs(settings));
  return plugin;
}

it("as a process the plugin refuses what is wrong, previews what is unknown, and remembers what was made", async () => {
  await using plugin = await start();
  const { client } = plugin;
  const info = await ask(client, methods.getPluginInfo, new empty.Empty());
  expect(info.getVersion()).toBe("9.37.0");

  const wrong = new messages.CheckRequest()
    .setUrn(urnOf(types.subnetwork))
    .setNews(message({ network: "prod", ipCidrRange: "10.0.0.0", mtu: 1460 }));
  const { failuresList } = (await ask(client, methods.check, wrong)).toObject();
  expect(failuresList.map(({ reason }) => reason)).toEqual([
    expect.stringContaining("'10.0.0.0' is not a range of IPv4 addresses"),
    expect.stringContaining("the embedded gcp plugin does not know this input"),
  ]);

  const subnetwork = { name: "prod", network: unknown, ipCidrRange: "10.0.0.0/20" };
  const planned = await create(client, types.subnetwork, subnetwork, true);
  expect(planned.getId()).toBe("");
  expect(planned.getProperties()?.toJavaScript()).toMatchObject({ name: "prod", selfLink: unknown });

  await create(client, types.service, { service: "compute.googleapis.com" });
  const made = await create(client, types.network, { name: "prod" });
  expect(made.getId()).toBe("projects/acme-ai/global/networks/prod");
  await expect(create(client, types.network, { name: "prod" })).rejects.toThrow("Error 409");
});

it("what one process made is there for the next, which is told by its id", async () => {
  await using plugin = await start();
  await create(plugin.client, types.bucket, { name: "acme-backups", location: "EU" });
  await using next = await PluginProcess.start("gcp");
  const settings = message({ project: "acme-ai" });
  await ask(next.client, methods.configure, new messages.ConfigureRequest().setArgs(settings));
  const request = new messages.ReadRequest().setId("acme-backups").setUrn(urnOf(types.bucket));
  const found = await ask(next.client, methods.read, request);
  expect(found.getProperties()?.toJavaScript()).toMatchObject({ url: "gs://acme-backups" });
});
