import { readFileSync } from "node:fs";
import * as grpc from "@grpc/grpc-js";
import emptyProto, { type Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import language, {
  type AboutResponse,
  type GetRequiredPackagesResponse,
} from "@pulumi/pulumi/proto/language_pb.js";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  answer,
  programInfo,
  startLanguageHost,
  type RunningLanguageHost,
} from "../../support/language-host.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

interface Recorded {
  readonly method: string;
  readonly response: Readonly<Record<string, unknown>>;
}

/** What the official language host 3.259.0 answered during `pulumi up --policy-pack` of a program that uses three providers' SDKs. */
const recording = readFileSync(
  new URL("../../fixtures/official-plugins/language-host.jsonl", import.meta.url),
  "utf8",
)
  .trim()
  .split("\n")
  .map((line): Recorded => JSON.parse(line));

function recorded(method: string): Recorded["response"] {
  const found = recording.find((call) => call.method === `LanguageRuntime/${method}`);
  if (!found) throw new Error(`${method} was not recorded`);
  return found.response;
}

/** The project of the recording. */
function project(): string {
  const sdk = (name: string, version: string) =>
    JSON.stringify({ name: `@pulumi/${name}`, version, pulumi: { resource: true, name, version } });
  return temporaryFolder({
    "package.json": "{}",
    "package-lock.json": "{}",
    "node_modules/@pulumi/pulumi/package.json": `{ "name": "@pulumi/pulumi", "version": "3.270.0" }`,
    "node_modules/@pulumi/docker/package.json": sdk("docker", "5.2.0"),
    "node_modules/@pulumi/kubernetes/package.json": sdk("kubernetes", "4.34.2"),
    "node_modules/@pulumi/random/package.json": sdk("random", "4.21.2"),
  });
}

describe("the calls around a run", () => {
  let host: RunningLanguageHost;
  beforeAll(async () => {
    host = await startLanguageHost();
  });
  afterAll(() => host[Symbol.asyncDispose]());

  test("GetRequiredPackages answers as the official language host does", async () => {
    const request = new language.GetRequiredPackagesRequest().setInfo(programInfo(project()));
    const response = await answer<GetRequiredPackagesResponse>((done) =>
      host.client.getRequiredPackages(request, done),
    );
    const packages = response
      .getPackagesList()
      .map((each) => ({ name: each.getName(), kind: each.getKind(), version: each.getVersion() }));
    expect({ packages }).toEqual(recorded("GetRequiredPackages"));
  });

  test("About answers as the official language host does, with the Node that runs programs", async () => {
    const request = new language.AboutRequest().setInfo(programInfo(project()));
    const response = await answer<AboutResponse>((done) => host.client.about(request, done));
    expect({
      executable: response.getExecutable(),
      version: response.getVersion(),
      metadata: Object.fromEntries(response.getMetadataMap().getEntryList()),
    }).toEqual({
      ...recorded("About"),
      executable: process.execPath,
      version: process.version,
      metadata: { packagemanager: "npm", packagemanagerVersion: expect.stringMatching(/^\d+\.\d+\.\d+/) },
    });
  });

  test("Cancel answers as the official language host does", async () => {
    const response = await answer<Empty>((done) => host.client.cancel(new emptyProto.Empty(), done));
    expect(response.toObject()).toEqual(recorded("Cancel"));
  });

  test("GetPluginInfo claims no version: unlike the official language host it is of no release", async () => {
    const response = await answer<PluginInfo>((done) =>
      host.client.getPluginInfo(new emptyProto.Empty(), done),
    );
    expect(response.getVersion()).toBe("");
  });

  test("what takes a code generator is refused with what to use instead", async () => {
    const packing = answer((done) => host.client.pack(new language.PackRequest(), done));
    await expect(packing).rejects.toMatchObject({
      code: grpc.status.UNIMPLEMENTED,
      details: expect.stringContaining("use the official Pulumi CLI"),
    });
  });
});
