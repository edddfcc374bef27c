import { fileURLToPath } from "node:url";
import { requiredVersion } from "../go/module.ts";

/** The folder of the Go module that builds the engine; its go.sum holds the checksums of all that goes into it. */
export const moduleDirectory = fileURLToPath(new URL(".", import.meta.url));

/** The version of the engine that is built, without a leading `v`: the one that go.mod requires. */
export function engineVersion(): string {
  return requiredVersion(moduleDirectory, "github.com/pulumi/pulumi/pkg/v3");
}
