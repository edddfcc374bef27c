import { describe, expect, it } from "vitest";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import { ask, methods, PluginProcess } from "../../../support/plugin-client.ts";
import { recordings, text, values } from "../../../support/recordings.ts";

const versions = { random: "4.21.1", docker: "5.2.0", tls: "5.6.1" } as const;

describe("a plugin run as the engine runs it", () => {
  it.each(Object.entries(versions))(
    "%s answers with the version that its SDK asks for",
    async (name, version) => {
      await using plugin = await PluginProcess.start(name);
      const { client } = plugin;
      const info = await ask(client, methods.getPluginInfo, new empty.Empty());
      expect(info.getVersion()).toBe(version);
    },
  );

  it.each(["random", "docker"])("%s checks settings and is configured as recorded", async (name) => {
    await using plugin = await PluginProcess.start(name);
    const { client } = plugin;
    for (const { request, response } of recordings(name, "CheckConfig")) {
      const news = struct.Struct.fromJavaScript(JSON.parse(JSON.stringify(values(request["news"]))));
      const message = new messages.CheckRequest().setUrn(text(request["urn"])).setNews(news);
      const checked = await ask(client, methods.checkConfig, message);
      expect(checked.getInputs()?.toJavaScript()).toEqual(response["inputs"]);
      expect(checked.getFailuresList()).toEqual([]);
    }
    for (const { request, response } of recordings(name, "Configure")) {
      const args = struct.Struct.fromJavaScript(JSON.parse(JSON.stringify(values(request["args"]))));
      const configured = await ask(client, methods.configure, new messages.ConfigureRequest().setArgs(args));
      expect(configured.getSupportspreview()).toBe(response["supportsPreview"]);
    }
  });

  it("makes a secret value, takes it through a check, and says nothing of it in the clear", async () => {
    await using plugin = await PluginProcess.start("random");
    const { client } = plugin;
    await ask(client, methods.configure, new messages.ConfigureRequest());
    const urn = "urn:pulumi:test::keelson::random:index/randomBytes:RandomBytes::key";
    const inputs = struct.Struct.fromJavaScript({ length: 16 });
    const made = await ask(
      client,
      methods.create,
      new messages.CreateRequest().setUrn(urn).setProperties(inputs),
    );
    expect(made.getProperties()?.toJavaScript()).toEqual({
      length: 16,
      base64: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: made.getId() },
      hex: {
        "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
        value: Buffer.from(made.getId(), "base64").toString("hex"),
      },
    });
  });

  it("describes its resources for `pulumi package get-schema`", async () => {
    await using plugin = await PluginProcess.start("docker");
    const { client } = plugin;
    const answer = await ask(client, methods.getSchema, new messages.GetSchemaRequest());
    const schema = JSON.parse(answer.getSchema());
    expect(schema.resources["docker:index/container:Container"]).toMatchObject({
      requiredInputs: ["image"],
      inputProperties: { name: { type: "string", willReplaceOnChanges: true }, memory: { type: "integer" } },
      properties: { exitCode: { type: "integer" } },
    });
    expect(schema.types["docker:index/ContainerUlimits:ContainerUlimits"]).toMatchObject({
      required: ["hard", "name", "soft"],
    });
  });
});
