import { symlinkSync } from "node:fs";
import * as path from "node:path";
import * as grpc from "@grpc/grpc-js";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import rpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzer, { type AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb.js";
import language, { type RunPluginRequest, type RunPluginResponse } from "@pulumi/pulumi/proto/language_pb.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  answer,
  programInfo,
  startLanguageHost,
  type RunningLanguageHost,
} from "../../support/language-host.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

let host: RunningLanguageHost;
beforeAll(async () => {
  host = await startLanguageHost();
});
afterAll(() => host[Symbol.asyncDispose]());

/** A plugin that runs: what it printed so far, how it ended, and how the engine ends it. */
function runPlugin(request: RunPluginRequest) {
  const call = host.client.runPlugin(request);
  const seen = { stdout: "", stderr: "", exitCode: undefined as number | undefined };
  const ended = new Promise<void>((resolve, reject) => {
    call.on("end", resolve);
    call.on("error", (error: grpc.ServiceError) =>
      error.code === grpc.status.CANCELLED ? resolve() : reject(error),
    );
  });
  call.on("data", (response: RunPluginResponse) => {
    seen.stdout += Buffer.from(response.getStdout_asU8()).toString();
    seen.stderr += Buffer.from(response.getStderr_asU8()).toString();
    if (response.getOutputCase() === language.RunPluginResponse.OutputCase.EXITCODE)
      seen.exitCode = response.getExitcode();
  });
  return { seen, ended, cancel: () => call.cancel() };
}

describe("a provider of components", () => {
  test("runs in the engine's folder with its own folder as first argument, and its output and exit code are told", async () => {
    const folder = temporaryFolder({
      "node_modules/@pulumi/pulumi/cmd/run-plugin/index.js": `
        console.log(process.cwd(), ...process.argv.slice(2), process.env.GREETING);
        console.error("careful");
        process.exitCode = 5;`,
    });
    const { seen, ended } = runPlugin(
      new language.RunPluginRequest()
        .setKind("resource")
        .setPwd("/")
        .setInfo(programInfo(folder))
        .setArgsList(["127.0.0.1:1"])
        .setEnvList(["GREETING=first", "GREETING=a=b"]),
    );
    await ended;
    expect(seen).toEqual({ stdout: `/ ${folder} 127.0.0.1:1 a=b\n`, stderr: "careful\n", exitCode: 5 });
  });

  test("without the SDK the error says what to run", async () => {
    const folder = temporaryFolder();
    const request = new language.RunPluginRequest().setKind("resource").setInfo(programInfo(folder));
    await expect(runPlugin(request).ended).rejects.toThrow(`"@pulumi/pulumi" cannot be found from ${folder}`);
  });
});

/** A policy pack of one rule, which prints what it knows of the stack while it is loaded. */
const pack = `
  import { PolicyPack } from "@pulumi/policy";
  import * as pulumi from "@pulumi/pulumi";
  console.log("judging", pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack(), new pulumi.Config("shop").get("size"));
  console.log("process", process.pid);
  new PolicyPack("rules", { policies: [{ name: "none", description: "d", enforcementLevel: "advisory", validateStack: () => {} }] });`;

function policyPack(files: Readonly<Record<string, string>>): RunPluginRequest {
  const folder = temporaryFolder({ "package.json": `{ "main": "index.mts", "version": "1.2.3" }`, ...files });
  symlinkSync(
    path.join(import.meta.dirname, "..", "..", "..", "node_modules"),
    path.join(folder, "node_modules"),
  );
  const variables = Object.entries(process.env).map(([name, value]) => `${name}=${value}`);
  return new language.RunPluginRequest()
    .setKind("analyzer")
    .setInfo(programInfo(folder))
    .setArgsList(["127.0.0.1:1"])
    .setEnvList(variables);
}

async function connect(running: ReturnType<typeof runPlugin>) {
  await expect.poll(() => running.seen.stdout, { timeout: 5_000 }).toMatch(/^\d+\n/);
  return new rpc.AnalyzerClient(`127.0.0.1:${running.seen.stdout.trim()}`, grpc.credentials.createInsecure());
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("a policy pack", () => {
  test("answers before it runs, learns of the stack, runs, and is ended by the engine", async () => {
    const running = runPlugin(policyPack({ "index.mts": pack }));
    const client = await connect(running);
    const stack = new analyzer.AnalyzerStackConfigureRequest()
      .setOrganization("acme")
      .setProject("shop")
      .setStack("production");
    stack.getConfigMap().set("shop:size", "3");
    await answer((done) => client.handshake(new analyzer.AnalyzerHandshakeRequest(), done));
    await answer((done) => client.configureStack(stack, done));

    const info = await answer<AnalyzerInfo>((done) => client.getAnalyzerInfo(new emptyProto.Empty(), done));
    expect(info.getName()).toBe("rules");
    expect(info.getPoliciesList().map((policy) => policy.getName())).toContain("none");
    expect(running.seen.stdout).toContain("judging acme shop production 3\n");

    const pid = Number(/process (\d+)/.exec(running.seen.stdout)?.[1]);
    running.cancel();
    await expect.poll(() => isRunning(pid)).toBe(false);
    client.close();
  });

  test("that does not come up fails the calls that wait for it, and shows why", async () => {
    const running = runPlugin(policyPack({ "index.mts": `throw new Error("broken on purpose")` }));
    const client = await connect(running);
    await expect(answer((done) => client.getAnalyzerInfo(new emptyProto.Empty(), done))).rejects.toThrow(
      "the policy pack ended before it could be asked",
    );
    await running.ended;
    expect(running.seen.stderr).toContain("broken on purpose");
    expect(running.seen.exitCode).not.toBe(0);
    client.close();
  });
});
