import * as grpc from "@grpc/grpc-js";
import engine from "@pulumi/pulumi/proto/engine_pb.js";
import services from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type { Context } from "./resource.ts";

const severities = {
  debug: engine.LogSeverity.DEBUG,
  info: engine.LogSeverity.INFO,
  warning: engine.LogSeverity.WARNING,
  error: engine.LogSeverity.ERROR,
} as const;

/** Sends lines to the engine, which shows them beside their resource. */
export class EngineLog {
  #client: InstanceType<typeof services.EngineClient> | undefined;

  constructor(address: string | undefined) {
    if (address !== undefined) this.attach(address);
  }

  attach(address: string): void {
    this.#client?.close();
    this.#client = new services.EngineClient(address, grpc.credentials.createInsecure());
  }

  /** A line that cannot be delivered is written to the standard error output, which the engine keeps in its log. */
  of(urn: string): Context["log"] {
    return (severity, message, options) => {
      const request = new engine.LogRequest()
        .setUrn(urn)
        .setSeverity(severities[severity])
        .setMessage(message)
        .setEphemeral(options?.status === true);
      const undelivered = (): unknown => process.stderr.write(`${message}\n`);
      if (this.#client)
        this.#client.log(request, (error: grpc.ServiceError | null) => error && undelivered());
      else undelivered();
    };
  }
}
