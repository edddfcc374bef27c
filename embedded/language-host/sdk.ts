import { createRequire } from "node:module";
import * as path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { StatusError } from "./grpc.ts";

/**
 * The file of an entry point of the Pulumi SDK, e.g. `cmd/run`, of the copy that the program in `directory` imports: program and entry point
 * must share one SDK.
 */
export function sdkEntryPoint(directory: string, name: string): string {
  try {
    return createRequire(path.join(directory, "package.json")).resolve(`@pulumi/pulumi/${name}`);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND")) throw error;
    throw new StatusError(
      grpc.status.FAILED_PRECONDITION,
      `the Pulumi SDK is not installed: "@pulumi/pulumi" cannot be found from ${directory}; run "npm install" in the project's folder`,
    );
  }
}
