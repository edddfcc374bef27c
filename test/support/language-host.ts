import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import rpc, { type LanguageRuntimeClient } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import language, { type ProgramInfo } from "@pulumi/pulumi/proto/language_pb.js";
import structProto, { type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";

const main = path.join(import.meta.dirname, "..", "..", "embedded", "language-host", "main.ts");

/** A language host that runs, as the engine starts it. */
export interface RunningLanguageHost extends AsyncDisposable {
  readonly client: LanguageRuntimeClient;
  readonly process: ChildProcess;
  /** What it has printed after its port, line by line. */
  readonly output: readonly string[];
}

export async function startLanguageHost(
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningLanguageHost> {
  const child = spawn(process.execPath, [main, "127.0.0.1:1"], {
    env: { ...process.env, ...environment },
    stdio: ["pipe", "pipe", "ignore"],
  });
  const output: string[] = [];
  const lines = createInterface({ input: child.stdout });
  const port = await new Promise<string>((resolve, reject) => {
    lines.once("line", resolve);
    lines.once("close", () => reject(new Error("the language host ended before it printed its port")));
  });
  lines.on("line", (line) => output.push(line));
  const client = new rpc.LanguageRuntimeClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  return {
    client,
    process: child,
    output,
    async [Symbol.asyncDispose]() {
      client.close();
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "close");
    },
  };
}

/** The program that a call is about. */
export function programInfo(
  directory: string,
  options: Record<string, JavaScriptValue> = { typescript: false },
): ProgramInfo {
  return new language.ProgramInfo()
    .setRootDirectory(directory)
    .setProgramDirectory(directory)
    .setEntryPoint("index.ts")
    .setOptions(structProto.Struct.fromJavaScript(options));
}

type Done<Response> = (error: grpc.ServiceError | null, response: Response) => void;

/** Waits for the answer of a call: `answer((done) => client.about(request, done))`. */
export function answer<Response>(call: (done: Done<Response>) => unknown): Promise<Response> {
  return new Promise((resolve, reject) => {
    call((error, response) => (error ? reject(error) : resolve(response)));
  });
}
