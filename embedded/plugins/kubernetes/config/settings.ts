import type { Properties } from "../../provider/property.ts";
import type { Values } from "../../provider/value.ts";

/** What the provider takes. Others of the official plugin's settings are about Helm charts or limits of its own client. */
export const settingsTable = {
  alwaysRender: { type: "boolean" },
  cluster: { type: "string" },
  clusterIdentifier: { type: "string" },
  context: { type: "string" },
  deleteUnreachable: { type: "boolean" },
  enableConfigMapMutable: { type: "boolean" },
  enablePatchForce: { type: "boolean" },
  enableSecretMutable: { type: "boolean" },
  enableServerSideApply: { type: "boolean" },
  kubeconfig: { type: "string" },
  namespace: { type: "string" },
  renderYamlToDirectory: { type: "string" },
  skipUpdateUnreachable: { type: "boolean" },
  strictMode: { type: "boolean" },
  suppressDeprecationWarnings: { type: "boolean" },
  upsertExistingObjects: { type: "boolean" },
} as const satisfies Properties;

/** Switches, with the environment variable that sets one that the program leaves out, and what holds without either. */
const switches = {
  /** Objects of a cluster that cannot be reached are forgotten rather than an error. */
  deleteUnreachable: { variable: "PULUMI_K8S_DELETE_UNREACHABLE", otherwise: false },
  /** A changed ConfigMap is updated in place, not replaced. */
  enableConfigMapMutable: { variable: "PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE", otherwise: false },
  /** Fields that others have set are taken over without asking. */
  enablePatchForce: { variable: "PULUMI_K8S_ENABLE_PATCH_FORCE", otherwise: false },
  /** A changed Secret is updated in place, not replaced. */
  enableSecretMutable: { variable: "PULUMI_K8S_ENABLE_SECRET_MUTABLE", otherwise: false },
  enableServerSideApply: { variable: "PULUMI_K8S_ENABLE_SERVER_SIDE_APPLY", otherwise: true },
  /** While the cluster cannot be reached, objects count as unchanged. */
  skipUpdateUnreachable: { variable: "PULUMI_K8S_SKIP_UPDATE_UNREACHABLE", otherwise: false },
  suppressDeprecationWarnings: { variable: "PULUMI_K8S_SUPPRESS_DEPRECATION_WARNINGS", otherwise: false },
  /** An object that is there already is taken over by a creation rather than an error. */
  upsertExistingObjects: { variable: "PULUMI_K8S_UPSERT_EXISTING_OBJECTS", otherwise: false },
} as const;

type Switches = { readonly [Name in keyof typeof switches]: boolean };

export interface Settings extends Switches {
  /** The content of a kubeconfig, or the path of one. @defaultValue the user's own: `$KUBECONFIG`, `~/.kube/config` */
  readonly kubeconfig: string | undefined;
  /** @defaultValue the kubeconfig's current one */
  readonly context: string | undefined;
  /** @defaultValue the context's */
  readonly cluster: string | undefined;
  /** Of objects that name none. @defaultValue the context's, else `default` */
  readonly namespace: string | undefined;
  /** Objects are written to files below this folder, and no cluster is asked. */
  readonly renderYamlToDirectory: string | undefined;
  /** Whether files are written again for objects that have not changed. */
  readonly alwaysRender: boolean;
}

export function readSettings(
  given: Values,
  environment: Readonly<Record<string, string | undefined>>,
): Settings {
  const text = (name: string): string | undefined => {
    const value = given[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const isOn = (name: keyof typeof switches): boolean => {
    const { variable, otherwise } = switches[name];
    const value = given[name] ?? environment[variable];
    return value === undefined ? otherwise : value === true || value === "true";
  };
  return {
    kubeconfig: text("kubeconfig"),
    context: text("context"),
    cluster: text("cluster"),
    namespace: text("namespace"),
    renderYamlToDirectory: text("renderYamlToDirectory"),
    alwaysRender: given["alwaysRender"] === true,
    ...(Object.fromEntries(
      (Object.keys(switches) as (keyof typeof switches)[]).map((name) => [name, isOn(name)]),
    ) as Switches),
  };
}
