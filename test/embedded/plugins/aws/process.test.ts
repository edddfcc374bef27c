import struct from "google-protobuf/google/protobuf/struct_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import { expect, test } from "vitest";
import { ask, methods, PluginProcess } from "../../../support/plugin-client.ts";

const urn = (type: string) => `urn:pulumi:test::keelson::${type}::thing`;
const values = (given: Record<string, struct.JavaScriptValue>) => struct.Struct.fromJavaScript(given);

test("the plugin answers the engine: what is wrong with inputs, and a preview with what is unknown", async () => {
  await using plugin = await PluginProcess.start("aws");
  const configure = new messages.ConfigureRequest().setArgs(values({ region: "us-west-2" }));
  await ask(plugin.client, methods.configure, configure);
  const check = new messages.CheckRequest()
    .setUrn(urn("aws:ec2/vpc:Vpc"))
    .setOlds(values({}))
    .setNews(values({ cidrBlock: "10.0.0.0/8", dns: true }));
  const { failuresList } = (await ask(plugin.client, methods.check, check)).toObject();
  expect(failuresList.map(({ reason }) => reason)).toEqual([
    "'10.0.0.0/8' is of the size /8, but must be between /16 and /28. Examine values at 'thing.cidrBlock'.",
    "the embedded aws plugin does not know this input, which the official plugin may. Examine values at 'thing.dns'.",
  ]);
  const create = new messages.CreateRequest()
    .setUrn(urn("aws:ec2/vpc:Vpc"))
    .setProperties(values({ cidrBlock: "10.0.0.0/16" }))
    .setPreview(true);
  const planned = (await ask(plugin.client, methods.create, create)).getProperties()?.toJavaScript();
  expect(planned).toMatchObject({ cidrBlock: "10.0.0.0/16", arn: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" });
});

test("a region that is none is refused before anything is made", async () => {
  await using plugin = await PluginProcess.start("aws");
  const check = new messages.CheckRequest()
    .setUrn(urn("pulumi:providers:aws"))
    .setOlds(values({}))
    .setNews(values({ region: "oregon" }));
  const { failuresList } = (await ask(plugin.client, methods.checkConfig, check)).toObject();
  expect(failuresList.map(({ reason }) => reason)).toEqual([
    expect.stringContaining("invalid AWS Region: oregon") as string,
  ]);
});
