/**
 * Who may use a cluster, and what its pods may use. Source of the facts:
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_access_entry, …/eks_access_policy_association and
 * …/eks_pod_identity_association
 */
import { characters, uuid } from "../../cloud/ids.ts";
import { named } from "../../cloud/names.ts";
import { oneOf } from "../../provider/validate.ts";
import { MADE_AT, onAws, output, regional, tagged } from "../define.ts";

const principal = named({
  pattern: /^arn:aws[\w-]*:(iam|sts)::\d{12}:(role|user|assumed-role)\/\S+$/,
  allowed: "the ARN of a role or user of IAM",
});

export const accessEntry = onAws({
  type: "access-entries",
  timeouts: { create: 1200, update: 1200, delete: 2400 },
  properties: {
    ...regional,
    ...tagged,
    clusterName: { type: "string", required: true, replaces: true },
    kubernetesGroups: { type: { set: "string" }, computed: true },
    principalArn: { type: "string", required: true, replaces: true, validate: principal },
    type: {
      type: "string",
      default: "STANDARD",
      replaces: true,
      validate: oneOf("STANDARD", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "EC2", "HYBRID_LINUX"),
    },
    userName: { type: "string", computed: true },
    accessEntryArn: output,
    createdAt: output,
    modifiedAt: output,
  },
  references: [{ at: "clusterName", to: "clusters", holds: false }],
  idOf: ({ clusterName, principalArn }) => `${clusterName}:${principalArn}`,
  outputsOf: (inputs, { id, configuration }) => ({
    kubernetesGroups: inputs.kubernetesGroups ?? [],
    userName: inputs.userName ?? inputs.principalArn,
    accessEntryArn: configuration.arn("eks", `access-entry/${inputs.clusterName}/${uuid(id)}`),
    createdAt: MADE_AT,
    modifiedAt: MADE_AT,
  }),
});

export const accessPolicyAssociation = onAws({
  type: "access-policy-associations",
  timeouts: { create: 1200, update: 0, delete: 2400 },
  properties: {
    ...regional,
    accessScope: {
      type: {
        object: {
          namespaces: { type: { set: "string" }, replaces: true },
          type: { type: "string", required: true, replaces: true, validate: oneOf("cluster", "namespace") },
        },
      },
      required: true,
      replaces: true,
    },
    clusterName: { type: "string", required: true, replaces: true },
    policyArn: {
      type: "string",
      required: true,
      replaces: true,
      validate: named({
        pattern: /^arn:aws[\w-]*:eks::aws:cluster-access-policy\/\w+$/,
        allowed: "an access policy, as arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
      }),
    },
    principalArn: { type: "string", required: true, replaces: true, validate: principal },
    associatedAt: output,
    modifiedAt: output,
  },
  references: [{ at: "clusterName", to: "clusters", holds: false }],
  judge({ clusterName, principalArn }, { configuration: { store } }) {
    const entry = `${clusterName}:${principalArn}`;
    if (store.get("access-entries", entry)) return undefined;
    return `ResourceNotFoundException: The specified principalArn could not be found: ${clusterName} has no access entry for ${principalArn}; make one first`;
  },
  idOf: ({ clusterName, principalArn, policyArn }) => `${clusterName}#${principalArn}#${policyArn}`,
  outputsOf: () => ({ associatedAt: MADE_AT, modifiedAt: MADE_AT }),
});

export const podIdentityAssociation = onAws({
  type: "pod-identity-associations",
  bridge: "framework",
  properties: {
    ...regional,
    ...tagged,
    clusterName: { type: "string", required: true, replaces: true },
    disableSessionTags: { type: "boolean", computed: true },
    namespace: { type: "string", required: true, replaces: true },
    roleArn: { type: "string", required: true },
    serviceAccount: { type: "string", required: true, replaces: true },
    targetRoleArn: { type: "string" },
    associationArn: output,
    associationId: output,
    externalId: output,
    id: output,
  },
  references: [
    { at: "clusterName", to: "clusters", holds: false },
    { at: "roleArn", to: "roles", by: "arn", holds: false },
    { at: "targetRoleArn", to: "roles", by: "arn", holds: false },
  ],
  judge({ clusterName, namespace, serviceAccount }, { configuration, id }) {
    const other = configuration.store
      .all("pod-identity-associations")
      .find(
        ({ outputs }) =>
          outputs["clusterName"] === clusterName &&
          outputs["namespace"] === namespace &&
          outputs["serviceAccount"] === serviceAccount,
      );
    if (!other || other.id === id) return undefined;
    return `ResourceInUseException: Association already exists: ${other.id}, of ${namespace}/${serviceAccount}`;
  },
  idOf: (_, { seed }) => `a-${characters(seed, 17, "abcdefghijklmnopqrstuvwxyz0123456789")}`,
  outputsOf: (inputs, { id, configuration }) => ({
    disableSessionTags: inputs.disableSessionTags ?? false,
    associationArn: configuration.arn("eks", `podidentityassociation/${inputs.clusterName}/${id}`),
    associationId: id,
  }),
});
