import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import { describe, expect, it } from "vitest";
import { ask, methods, PluginProcess } from "../../../support/plugin-client.ts";

const urn = "urn:pulumi:test::keelson::azure-native:resources:ResourceGroup::rg";
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("the azure-native plugin run as the engine runs it", () => {
  it("answers with its SDK's version, names and checks a resource, and previews it", async () => {
    await using plugin = await PluginProcess.start("azure-native");
    const { client } = plugin;
    expect((await ask(client, methods.getPluginInfo, new empty.Empty())).getVersion()).toBe("3.28.0");
    const args = struct.Struct.fromJavaScript({ location: "eastus2" });
    await ask(client, methods.configure, new messages.ConfigureRequest().setArgs(args));
    const checked = await ask(
      client,
      methods.check,
      new messages.CheckRequest()
        .setUrn(urn)
        .setNews(struct.Struct.fromJavaScript({ managed: "me" }))
        .setRandomseed(Buffer.from("seed")),
    );
    expect(checked.getInputs()?.toJavaScript()).toEqual({
      __createBeforeDelete: true,
      azureApiVersion: "2024-03-01",
      location: "eastus2",
      managed: "me",
      resourceGroupName: "rg614742c2",
    });
    expect(checked.getFailuresList().map((failure) => failure.getReason())).toEqual([
      "the embedded azure-native plugin does not know the input 'managed', which the official plugin may",
    ]);
    const request = new messages.CreateRequest()
      .setUrn(urn)
      .setProperties(checked.getInputs())
      .setPreview(true);
    const planned = await ask(client, methods.create, request);
    expect(planned.getProperties()?.toJavaScript()).toMatchObject({ location: "eastus2", name: unknown });
  });

  it("describes its resources for `pulumi package get-schema`", async () => {
    await using plugin = await PluginProcess.start("azure-native");
    const answer = await ask(plugin.client, methods.getSchema, new messages.GetSchemaRequest());
    const { resources } = JSON.parse(answer.getSchema()) as {
      resources: Record<string, { requiredInputs: string[] }>;
    };
    expect(resources["azure-native:network:Subnet"]?.requiredInputs).toEqual([
      "resourceGroupName",
      "virtualNetworkName",
      "subnetName",
    ]);
  });
});
