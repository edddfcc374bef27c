import struct from "google-protobuf/google/protobuf/struct_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import { afterEach, expect, it, vi } from "vitest";
import { knownChart } from "../../../../../embedded/plugins/kubernetes/helm/charts.ts";
import type { Values } from "../../../../../embedded/plugins/provider/value.ts";
import { secret } from "../../../../../embedded/plugins/provider/wire.ts";
import { ask, methods, PluginProcess } from "../../../../support/plugin-client.ts";
import { urnOf } from "../support.ts";
import { homeWithDefinitions } from "./definitions.ts";
import { KeepingApiServer } from "./keeping-api-server.ts";

const message = (values: Values) => struct.Struct.fromJavaScript({ ...values });
const urn = urnOf("kubernetes:helm.sh/v3:Release", "postgres");

afterEach(() => vi.unstubAllEnvs());

it("as a process the plugin installs, shows and removes a release, whose secret values stay marked", async () => {
  const names = knownChart("cloudnative-pg", true).brings!.definitions;
  vi.stubEnv("KEELSON_HOME", homeWithDefinitions("cloudnative-pg", names));
  await using api = await KeepingApiServer.start();
  await using plugin = await PluginProcess.start("kubernetes");
  const configuration = new messages.ConfigureRequest().setArgs(message({})).setAcceptsecrets(true);
  configuration.getVariablesMap().set("kubernetes:config:kubeconfig", api.server.kubeconfig());
  await ask(plugin.client, methods.configure, configuration);

  const program = {
    chart: "cloudnative-pg",
    repositoryOpts: { repo: "https://cloudnative-pg.github.io/charts", password: secret("letmein") },
    namespace: "cnpg-system",
    name: "cnpg",
  };
  const checked = await ask(
    plugin.client,
    methods.check,
    new messages.CheckRequest().setUrn(urn).setNews(message(program)),
  );
  expect(checked.getFailuresList()).toEqual([]);
  const created = await ask(
    plugin.client,
    methods.create,
    new messages.CreateRequest().setUrn(urn).setProperties(checked.getInputs()),
  );
  expect(created.getId()).toBe("cnpg-system/cnpg");
  expect(created.getProperties()?.toJavaScript()).toMatchObject({
    repositoryOpts: { password: secret("letmein") },
    version: "0.29.0",
    status: { status: "deployed", appVersion: "1.30.0" },
  });
  expect(api.definitions).toEqual(names);

  const removal = new messages.DeleteRequest().setId("cnpg-system/cnpg").setUrn(urn);
  await ask(plugin.client, methods.delete, removal.setProperties(created.getProperties()));
  expect(api.revisions("cnpg-system")).toEqual([]);
  expect(api.definitions).toEqual(names);
});

it("a chart that nothing is known of is a failure of its property", async () => {
  await using plugin = await PluginProcess.start("kubernetes");
  const configuration = new messages.ConfigureRequest().setArgs(message({})).setAcceptsecrets(true);
  await ask(plugin.client, methods.configure, configuration);
  const news = message({ chart: "nginx", repositoryOpts: { repo: "https://charts.example.com" } });
  const checked = await ask(
    plugin.client,
    methods.check,
    new messages.CheckRequest().setUrn(urn).setNews(news),
  );
  const [failure] = checked.getFailuresList();
  expect([failure?.getProperty(), failure?.getReason()]).toEqual([
    "chart",
    expect.stringContaining('does not know what "nginx" brings'),
  ]);
});
