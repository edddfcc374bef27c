/** What AWS installs in clusters. Source of the facts: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_addon */
import { uuid } from "../../cloud/ids.ts";
import { oneOf, parses } from "../../provider/validate.ts";
import { MADE_AT, onAws, output, regional, tagged } from "../define.ts";

/** https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html */
export const ADDONS = [
  "vpc-cni",
  "coredns",
  "kube-proxy",
  "eks-pod-identity-agent",
  "eks-node-monitoring-agent",
  "metrics-server",
  "aws-ebs-csi-driver",
  "aws-efs-csi-driver",
  "snapshot-controller",
  "amazon-cloudwatch-observability",
];

/** The version of every add-on: what is imagined has no other. */
export const ADDON_VERSION = "v1.0.0-eksbuild.1";

export const addon = onAws({
  type: "addons",
  timeouts: { create: 1200, update: 1200, delete: 2400 },
  properties: {
    ...regional,
    ...tagged,
    addonName: { type: "string", required: true, replaces: true, validate: oneOf(...ADDONS) },
    addonVersion: { type: "string", computed: true },
    clusterName: { type: "string", required: true, replaces: true },
    configurationValues: { type: "string", computed: true, validate: parses(JSON.parse) },
    podIdentityAssociations: {
      type: {
        set: {
          object: {
            roleArn: { type: "string", required: true },
            serviceAccount: { type: "string", required: true },
          },
        },
      },
    },
    preserve: { type: "boolean" },
    resolveConflictsOnCreate: { type: "string", validate: oneOf("NONE", "OVERWRITE") },
    resolveConflictsOnUpdate: { type: "string", validate: oneOf("NONE", "OVERWRITE", "PRESERVE") },
    serviceAccountRoleArn: { type: "string" },
    arn: output,
    createdAt: output,
    modifiedAt: output,
  },
  references: [
    { at: "clusterName", to: "clusters", holds: false },
    { at: "podIdentityAssociations.roleArn", to: "roles", by: "arn", holds: false },
    { at: "serviceAccountRoleArn", to: "roles", by: "arn", holds: false },
  ],
  judge: ({ addonName, addonVersion = ADDON_VERSION }) =>
    addonVersion === ADDON_VERSION
      ? undefined
      : `InvalidParameterException: Addon version specified is not supported: ${addonName} has ${ADDON_VERSION} here; ask getAddonVersion for it`,
  idOf: ({ clusterName, addonName }) => `${clusterName}:${addonName}`,
  outputsOf: (inputs, { id, configuration }) => ({
    addonVersion: inputs.addonVersion ?? ADDON_VERSION,
    configurationValues: inputs.configurationValues ?? "",
    arn: configuration.arn("eks", `addon/${inputs.clusterName}/${inputs.addonName}/${uuid(id)}`),
    createdAt: MADE_AT,
    modifiedAt: MADE_AT,
  }),
});
