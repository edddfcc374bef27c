/** On what somebody may have a role. */
import { text } from "../../cloud/values.ts";
import type { Property } from "../../provider/property.ts";
import { keyPath } from "../kms/paths.ts";
import { nameIn, pathOf } from "../links.ts";
import { iamMember } from "./member.ts";

const on = { type: "string", required: true, replaces: true } as const satisfies Property;

export const projectMember = iamMember({
  type: "projectMembers",
  api: "cloudresourcemanager.googleapis.com",
  properties: { project: on },
  on: (_, { project }) => project,
});

export const serviceAccountMember = iamMember({
  type: "serviceAccountMembers",
  api: "iam.googleapis.com",
  properties: { serviceAccountId: on },
  references: [{ at: "serviceAccountId", to: "serviceAccounts" }],
  on: ({ serviceAccountId }) => text(serviceAccountId),
});

export const cryptoKeyMember = iamMember({
  type: "cryptoKeyMembers",
  api: "cloudkms.googleapis.com",
  properties: { cryptoKeyId: on },
  references: [{ at: "cryptoKeyId", to: "cryptoKeys", names: keyPath }],
  on: ({ cryptoKeyId }) => keyPath(text(cryptoKeyId)),
});

export const bucketMember = iamMember({
  type: "bucketMembers",
  api: "storage.googleapis.com",
  properties: { bucket: on },
  references: [{ at: "bucket", to: "buckets", names: bucketIn }],
  on: ({ bucket }) => `b/${bucketIn(text(bucket))}`,
});

export const repositoryMember = iamMember({
  type: "repositoryMembers",
  api: "artifactregistry.googleapis.com",
  properties: {
    location: { type: "string", computed: true, replaces: true },
    project: { type: "string", computed: true, replaces: true },
    repository: on,
  },
  references: [{ at: "repository", to: "repositories", by: "repositoryId", names: nameIn }],
  on: ({ repository }, { project, location }) =>
    pathOf(text(repository), `projects/${project}/locations/${location}/repositories`),
});

function bucketIn(name: string): string {
  return name.replace(/^b\//, "");
}
