/**
 * Registries of images. Source of the facts: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecr_repository and
 * …/ecr_repository_creation_template
 */
import { named } from "../cloud/names.ts";
import type { Properties } from "../provider/property.ts";
import { oneOf, parses } from "../provider/validate.ts";
import { onAws, output, regional, tagged } from "./define.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
const repositoryName = named({
  pattern: /^(?=.{2,256}$)[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/,
  allowed: "2 to 256 lower case letters, digits, and single . _ - / between them",
});

const images = {
  ...regional,
  encryptionConfigurations: {
    type: {
      list: {
        object: {
          encryptionType: {
            type: "string",
            default: "AES256",
            replaces: true,
            validate: oneOf("AES256", "KMS", "KMS_DSSE"),
          },
          kmsKey: { type: "string", computed: true, replaces: true },
        },
      },
    },
  },
  imageTagMutability: {
    type: "string",
    default: "MUTABLE",
    validate: oneOf("MUTABLE", "IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION"),
  },
} as const satisfies Properties;

/** A key is there only where one was chosen. */
const encrypted = (
  configurations: readonly { readonly encryptionType: string; readonly kmsKey?: string }[] = [],
) => ({
  encryptionConfigurations: configurations.map((each) => ({ kmsKey: "", ...each })),
});

const repositoryProperties = {
  ...images,
  ...tagged,
  forceDelete: { type: "boolean" },
  imageScanningConfiguration: { type: { object: { scanOnPush: { type: "boolean", required: true } } } },
  name: { type: "string", autoName: true, computed: true, replaces: true, validate: repositoryName },
  arn: output,
  registryId: output,
  repositoryUrl: output,
} as const satisfies Properties;

export const repository = onAws({
  type: "repositories",
  timeouts: { create: 0, update: 0, delete: 1200 },
  properties: repositoryProperties,
  references: [{ at: "encryptionConfigurations.kmsKey", to: "keys", by: "arn", holds: false }],
  idOf: ({ name }) => name,
  outputsOf: (inputs, { id, configuration }) => ({
    ...encrypted(inputs.encryptionConfigurations),
    arn: configuration.arn("ecr", `repository/${id}`),
    registryId: configuration.accountId,
    repositoryUrl: `${configuration.accountId}.dkr.ecr.${configuration.region}.amazonaws.com/${id}`,
  }),
});

export const lifecyclePolicy = onAws({
  type: "repository-lifecycles",
  properties: {
    ...regional,
    policy: { type: "string", required: true, validate: parses(JSON.parse) },
    repository: { type: "string", required: true, replaces: true },
    registryId: output,
  },
  references: [{ at: "repository", to: "repositories", holds: false }],
  idOf: (inputs) => inputs.repository,
  outputsOf: (_, { configuration }) => ({ registryId: configuration.accountId }),
});

/** What a repository is to be that is made by the first push to it. */
export const repositoryCreationTemplate = onAws({
  type: "repository-templates",
  properties: {
    ...images,
    appliedFors: { type: { set: "string" }, required: true },
    customRoleArn: { type: "string" },
    description: { type: "string" },
    lifecyclePolicy: { type: "string", validate: parses(JSON.parse) },
    prefix: { type: "string", required: true, replaces: true, validate: repositoryName },
    repositoryPolicy: { type: "string", validate: parses(JSON.parse) },
    resourceTags: { type: { map: "string" } },
    registryId: output,
  },
  references: [
    { at: "customRoleArn", to: "roles", by: "arn", holds: false },
    { at: "encryptionConfigurations.kmsKey", to: "keys", by: "arn", holds: false },
  ],
  judge({ appliedFors }) {
    const wrong = appliedFors.filter((each) => !TEMPLATE_USES.includes(each));
    return wrong.length === 0
      ? undefined
      : `InvalidParameterException: appliedFors has ${wrong.join(", ")}: allowed are ${TEMPLATE_USES.join(", ")}`;
  },
  idOf: ({ prefix }) => prefix,
  outputsOf: (inputs, { configuration }) => ({
    ...encrypted(inputs.encryptionConfigurations),
    registryId: configuration.accountId,
  }),
});

const TEMPLATE_USES = ["CREATE_ON_PUSH", "PULL_THROUGH_CACHE", "REPLICATION"];
