import { describe, expect, it } from "vitest";
import { text } from "../../../../embedded/plugins/cloud/values.ts";
import type { Made } from "../../../support/imagined-cloud.ts";
import { ImaginedGoogle, poolInputs, region, types } from "./imagined-google.ts";

const encrypter = "roles/cloudkms.cryptoKeyEncrypterDecrypter";

describe("a key of the imagined Google Cloud", () => {
  it("outlives its stack together with its ring, as no name is given twice", async () => {
    const google = await ImaginedGoogle.withApis();
    const ring = await google.create(types.ring, "prod", { location: region, name: "prod" });
    await google.delete(await google.create(types.key, "disks", { keyRing: ring.id, name: "disks" }));
    await google.delete(ring);
    await expect(google.create(types.ring, "prod", { location: region, name: "prod" })).rejects.toThrow(
      `Error 409: the resource 'projects/acme-ai/locations/${region}/keyRings/prod' already exists`,
    );
    await expect(google.create(types.key, "disks", { keyRing: ring.id, name: "disks" })).rejects.toThrow(
      "Error 409",
    );
  });

  it.each([
    [{ rotationPeriod: "3600s" }, "'3600s' is too short"],
    [{ rotationPeriod: "90d" }, "'90d' is no duration"],
    [{ purpose: "ENCRYPT" }, "'ENCRYPT' is not one of 'ENCRYPT_DECRYPT'"],
  ])("is refused with %j", async (own, problem) => {
    const google = new ImaginedGoogle();
    expect(await google.failures(types.key, { keyRing: "ring", ...own })).toEqual([
      expect.stringContaining(problem),
    ]);
  });

  it("means the same ring by its path and in short", async () => {
    const google = await ImaginedGoogle.withApis();
    const ring = await google.create(types.ring, "prod", { location: region, name: "prod" });
    const key = await google.create(types.key, "disks", { keyRing: ring.id });
    expect(await google.diff(key, { ...key.inputs, keyRing: `acme-ai/${region}/prod` })).toMatchObject({
      changed: false,
    });
  });
});

describe("data are encrypted with a key", () => {
  /** Lets Google's account for a service use the key. */
  async function grant(google: ImaginedGoogle, key: Made, domain: string): Promise<void> {
    const { number } = await google.invoke("gcp:organizations/getProject:getProject", {});
    const member = `serviceAccount:service-${text(number)}@${domain}.iam.gserviceaccount.com`;
    await google.create(types.keyMember, domain, { cryptoKeyId: key.id, role: encrypter, member });
  }

  it("of a bucket, once Cloud Storage's own account may use it", async () => {
    const google = await ImaginedGoogle.withApis();
    const key = await google.key();
    const inputs = { name: "acme-backups", location: region, encryption: { defaultKmsKeyName: key.id } };
    await expect(google.create(types.bucket, "backups", inputs)).rejects.toThrow(
      new RegExp(
        `Error 403: Permission denied on Cloud KMS key '${key.id}', forbidden: give serviceAccount:service-\\d+@gs-project-accounts`,
      ),
    );
    await grant(google, key, "gs-project-accounts");
    await expect(google.create(types.bucket, "backups", inputs)).resolves.toMatchObject({
      id: "acme-backups",
    });
  });

  it("that is where they are", async () => {
    const google = await ImaginedGoogle.withApis();
    const key = await google.key("us-central1");
    await grant(google, key, "gs-project-accounts");
    const inputs = { name: "acme-backups", location: region, encryption: { defaultKmsKeyName: key.id } };
    await expect(google.create(types.bucket, "backups", inputs)).rejects.toThrow(
      `is in us-central1, badRequest: give one that is in ${region}`,
    );
  });

  it("of a cluster's Secrets, once GKE's own account may use it", async () => {
    const google = await ImaginedGoogle.withApis();
    const key = await google.key();
    const inputs = {
      ...google.clusterInputs(await google.network()),
      databaseEncryption: { state: "ENCRYPTED", keyName: key.id },
    };
    await expect(google.create(types.cluster, "prod", inputs)).rejects.toThrow("@container-engine-robot");
    await grant(google, key, "container-engine-robot");
    await expect(google.create(types.cluster, "prod", inputs)).resolves.toBeDefined();
  });

  it("of nodes' disks, once the Compute Engine's own account may use it", async () => {
    const google = await ImaginedGoogle.withApis();
    await google.cluster();
    const key = await google.key();
    const inputs = { ...poolInputs, nodeConfig: { ...poolInputs.nodeConfig, bootDiskKmsKey: key.id } };
    await expect(google.create(types.pool, "general", inputs)).rejects.toThrow("@compute-system");
    await grant(google, key, "compute-system");
    await expect(google.create(types.pool, "general", inputs)).resolves.toBeDefined();
  });
});
