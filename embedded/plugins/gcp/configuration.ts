import type { Cloud, CloudConfiguration } from "../cloud/cloud.ts";
import type { LocalCluster } from "../cloud/local-cluster.ts";
import type { CloudStore } from "../cloud/store.ts";
import { isValues, type Values } from "../provider/value.ts";

/** What the provider is told, and what its resources work with. */
export interface GoogleConfiguration extends CloudConfiguration {
  /** Where resources are made that name no project of their own. */
  readonly project: string | undefined;
  readonly region: string | undefined;
  readonly zone: string | undefined;
  /** Labels of everything that can have some. */
  readonly defaultLabels: Values;
}

export const googleCloud: Cloud = {
  title: "Google Cloud",
  name: "gcp",
  refusals: {
    notFound: ({ reference, value, present }) => {
      const there = present.map(({ id }) => id);
      const others = there.length === 0 ? "there is none" : `there are ${there.join(", ")}`;
      return `googleapi: Error 404: the resource '${value}' that '${reference.at}' names was not found, notFound: ${others}`;
    },
    exists: (_, id) =>
      `googleapi: Error 409: the resource '${id}' already exists, alreadyExists: give another name, or import it`,
    inUse: (_, id, users) =>
      `googleapi: Error 400: the resource '${id}' is already being used by ${users.map((user) => `'${user.id}'`).join(", ")}, resourceInUseByAnotherResource: delete what uses it first`,
  },
};

/** Variables that the official plugin reads where the stack sets nothing; the first that is set counts. */
const variables = {
  project: ["GOOGLE_PROJECT", "GOOGLE_CLOUD_PROJECT", "GCLOUD_PROJECT", "CLOUDSDK_CORE_PROJECT"],
  region: ["GOOGLE_REGION", "GCLOUD_REGION", "CLOUDSDK_COMPUTE_REGION"],
  zone: ["GOOGLE_ZONE", "GCLOUD_ZONE", "CLOUDSDK_COMPUTE_ZONE"],
} as const;

/** What decides over a configuration besides the stack's settings. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly store: CloudStore;
  readonly localCluster: LocalCluster;
}

export function configurationOf(settings: Values, surroundings: Surroundings): GoogleConfiguration {
  const { environment, store, localCluster } = surroundings;
  const text = (name: keyof typeof variables): string | undefined => {
    const given = settings[name];
    if (typeof given === "string" && given !== "") return given;
    return variables[name].map((variable) => environment[variable]).find((value) => value);
  };
  const { defaultLabels } = settings;
  return {
    cloud: googleCloud,
    store,
    localCluster,
    project: text("project"),
    region: text("region"),
    zone: text("zone"),
    defaultLabels: isValues(defaultLabels) ? defaultLabels : {},
  };
}
