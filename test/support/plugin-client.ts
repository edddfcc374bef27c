import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";

export type Client = InstanceType<typeof services.ResourceProviderClient>;

export function connect(port: string): Client {
  return new services.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
}

/** The methods of a plugin, for `ask`. */
export const methods = services.ResourceProviderService;

/** Calls one method of a plugin; fails with the error that the plugin answers. */
export function ask<Request, Response>(
  client: grpc.Client,
  method: grpc.MethodDefinition<Request, Response>,
  request: Request,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      request,
      (error, response) => {
        if (error || response === undefined) reject(error ?? new Error("the plugin answered nothing"));
        else resolve(response);
      },
    );
  });
}

/** A plugin as the engine runs it: a process of its own, reached over gRPC. */
export class PluginProcess implements AsyncDisposable {
  readonly client: Client;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, client: Client) {
    this.#process = process;
    this.client = client;
  }

  static async start(plugin: string): Promise<PluginProcess> {
    const main = new URL(`../../embedded/plugins/${plugin}/main.ts`, import.meta.url).pathname;
    const child = spawn(process.execPath, [main], { stdio: ["ignore", "pipe", "inherit"] });
    const [port] = await once(createInterface(child.stdout), "line");
    return new PluginProcess(child, connect(String(port)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.client.close();
    const ended = once(this.#process, "exit");
    this.#process.kill();
    await ended;
  }
}
