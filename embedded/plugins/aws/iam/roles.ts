/**
 * Who may do what. Source of the facts: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role,
 * …/iam_role_policy_attachment, …/iam_role_policy and …/iam_openid_connect_provider
 */
import { characters } from "../../cloud/ids.ts";
import { named } from "../../cloud/names.ts";
import { between } from "../../provider/validate.ts";
import { MADE_AT, onAws, output, tagged } from "../define.ts";
import { problemOfPolicy } from "./documents.ts";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const roleName = named({
  pattern: /^[\w+=,.@-]{1,64}$/,
  allowed: "1 to 64 letters, digits and + = , . @ _ -",
});
const policyName = named({
  pattern: /^[\w+=,.@-]{1,128}$/,
  allowed: "1 to 128 letters, digits and + = , . @ _ -",
});

/** Policies that AWS keeps are in every account. */
const AWS_POLICIES = "arn:aws:iam::aws:policy/";

export const role = onAws({
  type: "roles",
  properties: {
    ...tagged,
    assumeRolePolicy: { type: "string", required: true, validate: problemOfPolicy },
    description: { type: "string" },
    forceDetachPolicies: { type: "boolean", default: false },
    maxSessionDuration: { type: "integer", default: 3600, validate: between(3600, 43_200) },
    name: { type: "string", autoName: true, computed: true, replaces: true, validate: roleName },
    path: { type: "string", default: "/", replaces: true },
    permissionsBoundary: { type: "string" },
    arn: output,
    createDate: output,
    uniqueId: output,
  },
  idOf: ({ name }) => name,
  outputsOf: ({ path }, { id, configuration }) => ({
    arn: `arn:aws:iam::${configuration.accountId}:role${path}${id}`,
    createDate: MADE_AT,
    uniqueId: `AROA${characters(id, 17, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")}`,
  }),
});

export const rolePolicyAttachment = onAws({
  type: "role-policy-attachments",
  properties: {
    policyArn: {
      type: "string",
      required: true,
      replaces: true,
      validate: named({
        pattern: /^arn:aws[\w-]*:iam::(aws|\d{12}):policy\/[\w+=,.@/-]+$/,
        allowed: `the ARN of a policy, as ${AWS_POLICIES}AmazonEKSClusterPolicy`,
      }),
    },
    role: { type: "string", required: true, replaces: true },
  },
  references: [
    { at: "role", to: "roles" },
    {
      at: "policyArn",
      to: "policies",
      by: "arn",
      names: (arn) => (arn.startsWith(AWS_POLICIES) ? undefined : arn),
    },
  ],
  idOf: ({ role: name, policyArn }) => `${name}/${policyArn}`,
});

export const rolePolicy = onAws({
  type: "role-policies",
  properties: {
    name: { type: "string", autoName: true, computed: true, replaces: true, validate: policyName },
    policy: { type: "string", required: true, validate: problemOfPolicy },
    role: { type: "string", required: true, replaces: true },
  },
  references: [{ at: "role", to: "roles" }],
  idOf: ({ role: roleOf, name }) => `${roleOf}:${name}`,
});

export const openIdConnectProvider = onAws({
  type: "oidc-providers",
  properties: {
    ...tagged,
    clientIdLists: { type: { set: "string" }, required: true },
    thumbprintLists: { type: { list: "string" }, computed: true },
    url: {
      type: "string",
      required: true,
      replaces: true,
      validate: named({ pattern: /^https:\/\/\S+$/, allowed: "an address that begins with https://" }),
      suppress: (stored, wanted) => typeof wanted === "string" && stored === wanted.replace("https://", ""),
    },
    arn: output,
  },
  idOf: ({ url }, { configuration }) =>
    `arn:aws:iam::${configuration.accountId}:oidc-provider/${url.replace("https://", "")}`,
  outputsOf: ({ url, thumbprintLists = [] }, { id }) => ({
    arn: id,
    thumbprintLists,
    // IAM answers it without its scheme.
    url: url.replace("https://", ""),
  }),
});
