import * as grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { EngineLog } from "./engine-log.ts";
import type { Provider } from "./resource.ts";
import { service } from "./service.ts";

/** The engine's own limit: a large resource travels in one message. */
const maximumMessageBytes = 400 * 1024 * 1024;

/**
 * Runs a provider as a Pulumi plugin: listens on a free port of the loopback interface, prints the port, and serves until the
 * engine ends the process. The engine's own address is the first argument; run by hand there is none.
 */
export async function serve<Configuration>(provider: Provider<Configuration>): Promise<void> {
  const engineAddress = process.argv.slice(2).find((argument) => !argument.startsWith("-"));
  const server = new grpc.Server({
    "grpc.max_receive_message_length": maximumMessageBytes,
    "grpc.max_send_message_length": maximumMessageBytes,
  });
  server.addService(services.ResourceProviderService, { ...service(provider, new EngineLog(engineAddress)) });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  process.stdout.write(`${port}\n`);
  endWithParent();
}

/** An engine that is killed cannot end its plugins: they notice that they have another parent. */
function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, 2000).unref();
}
