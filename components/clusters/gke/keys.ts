import * as kms from "@pulumi/gcp/kms/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { GkeScope } from "./scope.ts";

/** What is encrypted, each with a key of its own. */
export type KeyPurpose = "secrets" | "disks" | "backups";

/** Makes a key, and gives its id once the member may use it. */
export type KeyMaker = (purpose: KeyPurpose, member: pulumi.Input<string>) => pulumi.Output<string>;

/** Quarterly, as CIS asks of keys: CIS Google Cloud Platform Foundation Benchmark, 1.10. */
const ROTATION = `${90 * 24 * 3600}s`;

/** Rings and keys of Cloud KMS can't be deleted, so that a second ring of the same name is refused: Pulumi names this one. */
export function keyMaker({ name, region, labels, protect, options }: GkeScope): KeyMaker {
  const ring = new kms.KeyRing(name, { location: region }, options());
  return (purpose, member) => {
    const key = new kms.CryptoKey(
      `${name}-${purpose}`,
      { name: purpose, keyRing: ring.id, purpose: "ENCRYPT_DECRYPT", rotationPeriod: ROTATION, labels },
      options({ protect }),
    );
    const grant = new kms.CryptoKeyIAMMember(
      `${name}-${purpose}`,
      { cryptoKeyId: key.id, role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", member },
      options(),
    );
    return pulumi.all([key.id, grant.id]).apply(([id]) => id);
  };
}
