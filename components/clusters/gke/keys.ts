import * as kms from "@pulumi/gcp/kms/index.js";
import * as projects from "@pulumi/gcp/projects/index.js";
import { getProjectServiceAccountOutput } from "@pulumi/gcp/storage/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { GkeScope } from "./scope.ts";

/** What is encrypted, each with a key of its own. */
export type KeyPurpose = "secrets" | "disks" | "backups";

/** Makes the key for a purpose, and gives its id once whoever encrypts with it may do so. */
export type KeyMaker = (purpose: KeyPurpose) => pulumi.Output<string>;

/** Which of Google's own accounts in the project encrypts, and decrypts. */
const AGENTS: Readonly<Record<KeyPurpose, (scope: GkeScope) => pulumi.Output<string>>> = {
  /** https://cloud.google.com/kubernetes-engine/docs/how-to/encrypting-secrets#grant_permission_to_use_the_key */
  secrets: ({ name, project, options }) =>
    new projects.ServiceIdentity(name, { project, service: "container.googleapis.com" }, options()).member,
  /** https://cloud.google.com/kubernetes-engine/docs/how-to/using-cmek#grant_permission */
  disks: ({ projectNumber }) =>
    pulumi.interpolate`serviceAccount:service-${projectNumber}@compute-system.iam.gserviceaccount.com`,
  /** https://cloud.google.com/storage/docs/encryption/using-customer-managed-keys#service-agent-access */
  backups: ({ project, asking }) => getProjectServiceAccountOutput({ project }, asking).member,
};

/** Quarterly, as CIS asks of keys: CIS Google Cloud Platform Foundation Benchmark, 1.10. */
const ROTATION = `${90 * 24 * 3600}s`;

/** Rings of Cloud KMS can't be deleted, so that a second one of the same name is refused: Pulumi names this one. */
export function keyMaker(scope: GkeScope): KeyMaker {
  const { name, region, protect, options } = scope;
  const ring = new kms.KeyRing(name, { location: region }, options());
  return (purpose) => {
    const key = new kms.CryptoKey(
      `${name}-${purpose}`,
      { name: purpose, keyRing: ring.id, purpose: "ENCRYPT_DECRYPT", rotationPeriod: ROTATION },
      options({ protect }),
    );
    const grant = new kms.CryptoKeyIAMMember(
      `${name}-${purpose}`,
      {
        cryptoKeyId: key.id,
        role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
        member: AGENTS[purpose](scope),
      },
      options(),
    );
    return pulumi.all([key.id, grant.id]).apply(([id]) => id);
  };
}
