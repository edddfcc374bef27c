import {
  type PolicyResourceOptions,
  type ResourceValidationArgs,
  type ResourceValidationPolicy,
  type StackValidationPolicy,
  unknownCheckingProxy,
} from "@pulumi/policy";
import { runtime } from "@pulumi/pulumi";

/** A resource as a program registers it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly protect?: boolean;
}

/** What stands in the properties for a value that is computed during the deployment. */
export const notKnownYet: string = runtime.unknownValue;

/** Settings of a rule, as a file given by `--policy-pack-config` has them. */
export type Settings = Readonly<Record<string, unknown>>;

/** What a rule reports about a resource, asked as the analyzer asks it. */
export async function audit(
  rule: ResourceValidationPolicy,
  resource: Registered,
  settings: Settings = {},
): Promise<readonly string[]> {
  const reports: string[] = [];
  const args = analyzed(resource, { ...defaultsOf(rule), ...settings });
  for (const validate of [rule.validateResource ?? []].flat()) {
    await validate(args, (message) => reports.push(message));
  }
  return reports;
}

/** What a rule reports about all resources together, asked as the analyzer asks it. */
export async function auditStack(
  rule: StackValidationPolicy,
  registered: readonly Registered[],
): Promise<readonly string[]> {
  const reports: string[] = [];
  const resources = registered.map((resource) => ({
    ...analyzed(resource, {}),
    dependencies: [],
    propertyDependencies: {},
  }));
  const args = { ...analyzed(registered[0]!, {}), resources };
  await rule.validateStack(args, (message) => reports.push(message));
  return reports;
}

function analyzed(
  { type, name, props, protect = false }: Registered,
  settings: Settings,
): ResourceValidationArgs {
  return {
    type,
    name,
    urn: `urn:pulumi:test::keelson::${type}::${name}`,
    props: unknownCheckingProxy(structuredClone(props)),
    opts: { ...OPTIONS, protect },
    stackTags: new Map(),
    isType: () => false,
    asType: () => undefined,
    getConfig: () => settings as never,
    notApplicable: (reason) => {
      throw new Error(reason ?? "not applicable");
    },
  };
}

const OPTIONS: PolicyResourceOptions = {
  protect: false,
  ignoreChanges: [],
  aliases: [],
  customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
  additionalSecretOutputs: [],
};

/** The engine fills in what the schema has as default. */
function defaultsOf({ configSchema }: ResourceValidationPolicy): Settings {
  const properties = Object.entries(configSchema?.properties ?? {});
  return Object.fromEntries(properties.map(([key, { default: value }]) => [key, value]));
}
