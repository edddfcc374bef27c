/** What nodes are started from. Source of the facts: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_template */
import { between, oneOf } from "../../provider/validate.ts";
import { unknown, type Value } from "../../provider/value.ts";
import { onAws, output, regional, tagged } from "../define.ts";
import { ec2Id } from "./ids.ts";

/** These texts are a yes, a no, or nothing said. */
const flag = oneOf("true", "false", "");

export const launchTemplate = onAws({
  type: "launch-templates",
  properties: {
    ...regional,
    ...tagged,
    blockDeviceMappings: {
      type: {
        list: {
          object: {
            deviceName: { type: "string" },
            ebs: {
              type: {
                object: {
                  deleteOnTermination: { type: "string", validate: flag },
                  encrypted: { type: "string", validate: flag },
                  iops: { type: "integer", computed: true },
                  kmsKeyId: { type: "string" },
                  throughput: { type: "integer", computed: true, validate: between(125, 1000) },
                  volumeSize: { type: "integer", computed: true },
                  volumeType: {
                    type: "string",
                    computed: true,
                    validate: oneOf("standard", "io1", "io2", "gp2", "gp3", "sc1", "st1"),
                  },
                },
              },
            },
          },
        },
      },
    },
    description: { type: "string" },
    imageId: { type: "string" },
    metadataOptions: {
      type: {
        object: {
          httpEndpoint: { type: "string", computed: true, validate: oneOf("enabled", "disabled") },
          httpPutResponseHopLimit: { type: "integer", computed: true, validate: between(1, 64) },
          httpTokens: { type: "string", computed: true, validate: oneOf("required", "optional") },
          instanceMetadataTags: { type: "string", computed: true, validate: oneOf("enabled", "disabled") },
        },
      },
    },
    monitoring: { type: { object: { enabled: { type: "boolean" } } } },
    name: { type: "string", autoName: true, computed: true, replaces: true },
    tagSpecifications: {
      type: { list: { object: { resourceType: { type: "string" }, tags: { type: { map: "string" } } } } },
    },
    updateDefaultVersion: { type: "boolean" },
    userData: { type: "string" },
    vpcSecurityGroupIds: { type: { set: "string" } },
    arn: output,
    defaultVersion: { type: "integer", output: true },
    latestVersion: { type: "integer", output: true },
  },
  references: [
    { at: "blockDeviceMappings.ebs.kmsKeyId", to: "keys", by: "arn", holds: false },
    { at: "vpcSecurityGroupIds", to: ["security-groups", "default-security-groups"], holds: false },
  ],
  judge({ name }, { configuration, id }) {
    const other = configuration.store.find("launch-templates", "name", name);
    if (!other || other.id === id) return undefined;
    return `InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use: ${name}`;
  },
  idOf: (_, { seed }) => ec2Id("lt", seed),
  outputsOf(inputs, { id, configuration, known }) {
    // Each change makes a version.
    const latestVersion = (known?.latestVersion ?? 0) + 1;
    return {
      arn: configuration.arn("ec2", `launch-template/${id}`),
      defaultVersion: inputs.updateDefaultVersion ? latestVersion : (known?.defaultVersion ?? 1),
      latestVersion,
      ...(inputs.metadataOptions
        ? { metadataOptions: { ...metadataDefaults, ...inputs.metadataOptions } }
        : {}),
    };
  },
  // What refers to the newest version is to know beforehand that there will be another.
  amendPlan: (planned, stored) =>
    stored && Object.entries(planned).some(([name, value]) => !isSame(value, stored[name]))
      ? {
          ...planned,
          latestVersion: unknown,
          ...(planned["updateDefaultVersion"] ? { defaultVersion: unknown } : {}),
        }
      : planned,
});

/** Whatever means the same as before is planned as it was. */
function isSame(planned: Value, stored: Value | undefined): boolean {
  return JSON.stringify(planned) === JSON.stringify(stored ?? null);
}

const metadataDefaults = {
  httpEndpoint: "enabled",
  httpPutResponseHopLimit: 1,
  httpTokens: "optional",
  instanceMetadataTags: "disabled",
};
