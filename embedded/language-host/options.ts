import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { z } from "zod";

export const packageManagers = ["npm", "yarn", "pnpm", "bun"] as const;
export type PackageManager = (typeof packageManagers)[number];

const schema = z.object({
  typescript: z.boolean().default(true),
  tsconfig: z.string().optional(),
  nodeargs: z.string().default(""),
  packagemanager: z.enum(["auto", ...packageManagers]).default("auto"),
  production: z.boolean().default(false),
});

/** What Pulumi.yaml may set under `runtime.options` of a Node program, with the official language host's defaults. */
export type RuntimeOptions = z.infer<typeof schema>;

/** @throws Error which names each option that is wrong, and what it may be */
export function parseOptions(options: Struct | undefined): RuntimeOptions {
  const parsed = schema.safeParse(options?.toJavaScript() ?? {});
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`runtime options are not valid: ${mistakes.join("; ")}`);
}

/** The variables by which the SDK's entry points are told of the options. */
export function optionVariables({ typescript, tsconfig }: RuntimeOptions): Record<string, string> {
  return {
    PULUMI_NODEJS_TYPESCRIPT: String(typescript),
    ...(tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
  };
}

/** Splits a command line at white space, as a shell does: quotes keep words together. */
export function splitArguments(line: string): string[] {
  const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.map((word) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, "$1$2"));
}
