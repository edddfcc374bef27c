import type { ChildProcess } from "node:child_process";
import type * as grpc from "@grpc/grpc-js";
import language, { type RunPluginRequest, type RunPluginResponse } from "@pulumi/pulumi/proto/language_pb.js";
import type { Host } from "./host.ts";
import { endChild, endOf } from "./children.ts";
import { optionVariables, parseOptions } from "./options.ts";
import { PolicyPackProxy } from "./policy-pack.ts";
import { sdkEntryPoint } from "./sdk.ts";

type Call = grpc.ServerWritableStream<RunPluginRequest, RunPluginResponse>;

/** Runs a plugin that is written as a Node package: a policy pack, or a provider of components. */
export function runPlugin(call: Call, host: Host): Promise<void> {
  return call.request.getKind() === "analyzer" ? runPolicyPack(call, host) : runProvider(call, host);
}

async function runProvider(call: Call, host: Host): Promise<void> {
  const directory = programDirectory(call);
  const child = start(call, host, {
    entryPoint: "cmd/run-plugin",
    args: [directory, ...call.request.getArgsList()],
    cwd: call.request.getPwd(),
  });
  child.stdout?.on("data", (chunk: Buffer) => call.write(response().setStdout(chunk)));
  await finish(call, child);
}

/** A policy pack learns of the stack from its environment: it is started once the engine has told the proxy. */
async function runPolicyPack(call: Call, host: Host): Promise<void> {
  const proxy = new PolicyPackProxy();
  call.on("cancelled", () => proxy.close());
  try {
    call.write(response().setStdout(Buffer.from(`${await proxy.listen()}\n`)));
    const variables = await proxy.stackVariables();
    if (call.cancelled) return;
    const directory = programDirectory(call);
    const child = start(call, host, {
      entryPoint: "cmd/run-policy-pack",
      args: [...call.request.getArgsList(), directory],
      cwd: directory,
      variables,
    });
    proxy.attach(child, (line) => call.write(response().setStdout(Buffer.from(line))));
    await finish(call, child);
  } finally {
    proxy.close();
  }
}

interface Start {
  readonly entryPoint: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly variables?: Readonly<Record<string, string>>;
}

function start(call: Call, { helpers }: Host, { entryPoint, args, cwd, variables }: Start): ChildProcess {
  const options = parseOptions(call.request.getInfo()?.getOptions());
  const child = helpers.start(
    process.execPath,
    [sdkEntryPoint(programDirectory(call), entryPoint), ...args],
    {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...parseVariables(call.request.getEnvList()), ...optionVariables(options), ...variables },
    },
  );
  child.stderr?.on("data", (chunk: Buffer) => call.write(response().setStderr(chunk)));
  // The engine ends a plugin by ending its call.
  call.on("cancelled", () => void endChild(child));
  return child;
}

async function finish(call: Call, child: ChildProcess): Promise<void> {
  const { code } = await endOf(child);
  call.write(response().setExitcode(code ?? 1));
}

function programDirectory(call: Call): string {
  return call.request.getInfo()?.getProgramDirectory() ?? call.request.getPwd();
}

/** Parses variables given as `NAME=value`; of two of one name the last counts. */
function parseVariables(assignments: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    assignments.map((assignment) => {
      const end = assignment.indexOf("=");
      return [assignment.slice(0, end), assignment.slice(end + 1)];
    }),
  );
}

function response(): RunPluginResponse {
  return new language.RunPluginResponse();
}
