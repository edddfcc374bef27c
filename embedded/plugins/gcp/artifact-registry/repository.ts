import type { Properties } from "../../provider/property.ts";
import { oneOf } from "../../provider/validate.ts";
import { inProject, labels, output } from "../columns.ts";
import { google } from "../google.ts";
import { problemOfKey } from "../kms/use.ts";
import { Place } from "../place.ts";
import { repositoryId } from "../rules.ts";

/** https://cloud.google.com/artifact-registry/docs/supported-formats */
const formats = ["DOCKER", "MAVEN", "NPM", "PYTHON", "APT", "YUM", "GO", "KFP", "GENERIC", "GOOGET", "RUBY"];

const properties = {
  ...inProject,
  ...labels,
  cleanupPolicyDryRun: { type: "boolean" },
  description: { type: "string" },
  dockerConfig: { type: { object: { immutableTags: { type: "boolean" } } } },
  format: { type: "string", required: true, replaces: true, validate: oneOf(...formats) },
  kmsKeyName: { type: "string", replaces: true },
  location: { type: "string", computed: true, replaces: true },
  mode: {
    type: "string",
    default: "STANDARD_REPOSITORY",
    replaces: true,
    validate: oneOf("STANDARD_REPOSITORY"),
  },
  name: output,
  registryUri: output,
  repositoryId: { type: "string", required: true, replaces: true, validate: repositoryId },
  vulnerabilityScanningConfig: {
    type: {
      object: {
        enablementConfig: { type: "string", validate: oneOf("INHERITED", "DISABLED") },
        enablementState: output,
        enablementStateReason: output,
      },
    },
    computed: true,
  },
} as const satisfies Properties;

export const repository = google({
  type: "repositories",
  api: "artifactregistry.googleapis.com",
  properties,
  references: [{ at: "kmsKeyName", to: "cryptoKeys" }],
  pathOf: ({ repositoryId: name }, { project, location }) =>
    `projects/${project}/locations/${location}/repositories/${name}`,
  judge(inputs, { configuration }) {
    const { project, location } = new Place(inputs, configuration);
    if (inputs.kmsKeyName === undefined) return undefined;
    const use = { key: inputs.kmsKeyName, region: location, agent: "artifactRegistry", project } as const;
    return problemOfKey(use, configuration.store);
  },
  outputsOf(inputs, { configuration }) {
    const { project, location } = new Place(inputs, configuration);
    const { format, repositoryId: name } = inputs;
    return {
      location,
      name,
      registryUri: `${location}-${format.toLowerCase()}.pkg.dev/${project}/${name}`,
      vulnerabilityScanningConfig: {
        enablementState: "SCANNING_DISABLED",
        enablementStateReason: "the API containerscanning.googleapis.com is not switched on",
        ...inputs.vulnerabilityScanningConfig,
      },
    };
  },
});
