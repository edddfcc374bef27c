import { once } from "node:events";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import language, { type RunRequest, type RunResponse } from "@pulumi/pulumi/proto/language_pb.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  answer,
  programInfo,
  startLanguageHost,
  type RunningLanguageHost,
} from "../../support/language-host.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** A project whose SDK has `entryPoint` as the script that runs programs. */
function project(entryPoint: string): string {
  return temporaryFolder({
    "package.json": "{}",
    "node_modules/@pulumi/pulumi/package.json": `{ "name": "@pulumi/pulumi", "version": "3.0.0" }`,
    "node_modules/@pulumi/pulumi/cmd/run/index.js": entryPoint,
  });
}

function requestFor(directory: string, options?: Parameters<typeof programInfo>[1]): RunRequest {
  return new language.RunRequest().setInfo(programInfo(directory, options));
}

async function run({ client }: RunningLanguageHost, request: RunRequest) {
  const response = await answer<RunResponse>((done) => client.run(request, done));
  return response.toObject();
}

describe("running a program", () => {
  let host: RunningLanguageHost;
  beforeAll(async () => {
    host = await startLanguageHost();
  });
  afterAll(() => host[Symbol.asyncDispose]());

  test("the SDK's entry point gets the arguments and variables that the official language host gives it", async () => {
    const directory = project(`
      const { env, argv, execArgv } = process;
      const variables = Object.entries(env).filter(([name]) => /^PULUMI_(CONFIG|NODEJS)/.test(name));
      require("fs").writeFileSync("seen.json", JSON.stringify({
        arguments: argv.slice(2), execArgv, cwd: process.cwd(), variables: Object.fromEntries(variables),
      }));`);
    const request = requestFor(directory, {
      typescript: false,
      tsconfig: "tsconfig.pulumi.json",
      nodeargs: "--title='two words' --stack-trace-limit=50",
    })
      .setProject("shop")
      .setStack("production")
      .setOrganization("acme")
      .setMonitorAddress("127.0.0.1:2")
      .setParallel(8)
      .setDryrun(true)
      .setArgsList(["extra"])
      .setConfigsecretkeysList(["shop:token"]);
    request.getConfigMap().set("shop:size", "3").set("shop:token", "hidden");

    expect(await run(host, request)).toEqual({ error: "", bail: false });
    expect(JSON.parse(readFileSync(path.join(directory, "seen.json"), "utf8"))).toEqual({
      arguments: [
        ...[
          "--monitor",
          "127.0.0.1:2",
          "--engine",
          "127.0.0.1:1",
          "--organization",
          "acme",
          "--project",
          "shop",
        ],
        ...["--root-directory", directory, "--stack", "production", "--pwd", directory, "--parallel", "8"],
        ...["--dry-run", "index.ts", "extra"],
      ],
      execArgv: ["--title=two words", "--stack-trace-limit=50"],
      cwd: directory,
      variables: {
        PULUMI_CONFIG: `{"shop:size":"3","shop:token":"hidden"}`,
        PULUMI_CONFIG_SECRET_KEYS: `["shop:token"]`,
        PULUMI_NODEJS_TYPESCRIPT: "false",
        PULUMI_NODEJS_TSCONFIG_PATH: "tsconfig.pulumi.json",
      },
    });
  });

  test("NODE_OPTIONS reach the program", async () => {
    const directory = project(`process.exit(process.title === "from options" ? 0 : 1)`);
    await using own = await startLanguageHost({ NODE_OPTIONS: `--title="from options"` });
    expect(await run(own, requestFor(directory))).toEqual({ error: "", bail: false });
  });

  test("what the program prints is passed on before the answer", async () => {
    const directory = project(`console.log("first"); console.error("to the user"); console.log("last")`);
    await run(host, requestFor(directory));
    await expect.poll(() => host.output).toEqual(["first", "last"]);
  });

  test("exit code 32 means that the SDK has told the user already: the engine stops without a word", async () => {
    expect(await run(host, requestFor(project("process.exit(32)")))).toEqual({ error: "", bail: true });
  });

  test("any other exit code is an error that names it", async () => {
    expect(await run(host, requestFor(project("process.exit(7)")))).toEqual({
      error: "Program exited with non-zero exit code: 7",
      bail: false,
    });
  });

  test("a program that is killed is an error that names the signal", async () => {
    const directory = project(`process.kill(process.pid, "SIGKILL")`);
    expect((await run(host, requestFor(directory))).error).toBe("Program was ended by signal SIGKILL");
  });

  test("a program that runs out of memory is told how to get more", async () => {
    const directory = project(
      `const all = []; for (;;) all.push("x".repeat(1e6) + all.length, new Array(1e5).fill(1.5));`,
    );
    const { error } = await run(host, requestFor(directory, { nodeargs: "--max-old-space-size=20" }));
    expect(error).toContain("it ran out of memory: give it more by NODE_OPTIONS");
  });

  test("without the SDK the error says what to run", async () => {
    const directory = temporaryFolder({ "package.json": "{}" });
    expect((await run(host, requestFor(directory))).error).toBe(
      `the Pulumi SDK is not installed: "@pulumi/pulumi" cannot be found from ${directory}; run "npm install" in the project's folder`,
    );
  });

  test("a mistake in Pulumi.yaml's options is an error that names the option", async () => {
    const { error } = await run(host, requestFor(project(""), { typescript: "no", nodeargs: 3 }));
    expect(error).toMatch(/^runtime options are not valid: typescript: .*boolean.*; nodeargs: .*string/);
  });
});

const waits = `
  require("fs").writeFileSync("pid", String(process.pid));
  process.on("SIGINT", () => process.exit(0));
  console.log("waiting");
  setTimeout(() => {}, 60_000);`;

/** Starts a program that waits, and answers its process id. */
async function waiting(host: RunningLanguageHost): Promise<{ pid: number; response: Promise<unknown> }> {
  const directory = project(waits);
  const response = run(host, requestFor(directory)).catch((error: unknown) => error);
  await once(host.process.stdout!, "data");
  return { pid: Number(readFileSync(path.join(directory, "pid"), "utf8")), response };
}

describe("ending a program early", () => {
  test("Cancel interrupts it, and its run is answered", async () => {
    await using host = await startLanguageHost();
    const { response } = await waiting(host);
    await answer((done) => host.client.cancel(new emptyProto.Empty(), done));
    expect(await response).toEqual({ error: "", bail: false });
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    test(`${signal} to the language host ends it`, async () => {
      await using host = await startLanguageHost();
      const { pid } = await waiting(host);
      host.process.kill(signal);
      expect(await once(host.process, "exit")).toEqual([0, null]);
      expect(() => process.kill(pid, 0)).toThrow("ESRCH");
    });
  }

  test("it ends when the engine goes away without a word", async () => {
    await using host = await startLanguageHost();
    const { pid } = await waiting(host);
    // The engine holds the other end of the language host's standard input.
    host.process.stdin!.destroy();
    await once(host.process, "exit");
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });
});
