import type { ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import * as grpc from "@grpc/grpc-js";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";
import rpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engine from "@pulumi/pulumi/proto/engine_pb.js";

/** Where debuggers look for Node unless they are told otherwise. */
const usualPort = 9229;

/** A free port for Node's inspector: the usual one, if nobody has it. */
export async function inspectorPort(): Promise<number> {
  return (await listenOnce(usualPort)) ?? (await listenOnce(0)) ?? usualPort;
}

/** Makes Node wait for a debugger before it runs anything. */
export function inspectorArguments(port: number): string[] {
  // It says where to attach through the engine, not on standard error.
  return [`--inspect-brk=${port}`, "--inspect-publish-uid=http"];
}

/** Has the engine tell the user's editor to attach to `child`. */
export function announceDebugger(
  engineAddress: string,
  { name, child, port }: { name: string; child: ChildProcess; port: number },
): Promise<void> {
  const configuration = {
    name,
    type: "node",
    request: "attach",
    processId: child.pid ?? 0,
    port,
    continueOnAttach: true,
    skipFiles: ["<node_internals>/**"],
  };
  const request = new engine.StartDebuggingRequest()
    .setConfig(structProto.Struct.fromJavaScript(configuration))
    .setMessage(`on process id ${child.pid} and port ${port}`);
  const client = new rpc.EngineClient(engineAddress, grpc.credentials.createInsecure());
  return new Promise((resolve, reject) => {
    client.startDebugging(request, (error) => {
      client.close();
      if (error) reject(error);
      else resolve();
    });
  });
}

/** The port that a server got, or nothing if it is taken. */
function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
    });
  });
}
