import { describe, expect, it } from "vitest";
import { text } from "../../../../embedded/plugins/cloud/values.ts";
import { ImaginedGoogle, project, types } from "./imagined-google.ts";

const workload = `principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/${project}.svc.id.goog/subject/ns/prod/sa/backups`;

describe("an account of the imagined Google Cloud", () => {
  it("has an address of its project, which others name it by", async () => {
    const google = await ImaginedGoogle.withApis();
    const account = await google.create(types.account, "nodes", { accountId: "prod-nodes" });
    expect(account.outputs).toMatchObject({
      email: "prod-nodes@acme-ai.iam.gserviceaccount.com",
      member: "serviceAccount:prod-nodes@acme-ai.iam.gserviceaccount.com",
    });
    const role = { project, role: "roles/container.defaultNodeServiceAccount" };
    await google.create(types.projectMember, "nodes", { ...role, member: account.outputs["member"]! });
  });

  it.each(["short", "Upper-case", "a-name-that-is-longer-than-thirty", "ends-with-"])(
    "cannot be named '%s'",
    async (accountId) => {
      const google = new ImaginedGoogle();
      expect(await google.failures(types.account, { accountId })).toEqual([
        expect.stringContaining(`'${accountId}' is not a name that is allowed: 6 to 30 lower-case letters`),
      ]);
    },
  );

  it("whose name is made up is judged by it as well", async () => {
    const google = new ImaginedGoogle();
    await expect(google.create(types.account, "the-nodes-of-the-production", {})).rejects.toThrow(
      "is not a name that is allowed: 6 to 30 lower-case letters",
    );
  });
});

describe("a role", () => {
  it("is given to an account that is there, or to one of Google's own", async () => {
    const google = await ImaginedGoogle.withApis();
    const give = (member: string) =>
      google.create(types.projectMember, "role", { project, role: "roles/logging.logWriter", member });
    await expect(give("serviceAccount:missing@acme-ai.iam.gserviceaccount.com")).rejects.toThrow(
      "'missing@acme-ai.iam.gserviceaccount.com' that 'member' names was not found",
    );
    await expect(
      give("serviceAccount:service-42@compute-system.iam.gserviceaccount.com"),
    ).resolves.toBeDefined();
    await expect(give("group:admins@acme.example")).resolves.toBeDefined();
  });

  it("may be given twice, and is taken once", async () => {
    const google = await ImaginedGoogle.withApis();
    const inputs = { project, role: "roles/viewer", member: "user:somebody@acme.example" };
    const one = await google.create(types.projectMember, "one", inputs);
    const other = await google.create(types.projectMember, "other", inputs);
    expect(other.id).toBe(one.id);
    await google.delete(one);
    await google.delete(other);
    expect(google.store.all("projectMembers")).toEqual([]);
  });

  it.each([
    [{ role: "viewer", member: "user:a@acme.example" }, "'viewer' is not a name that is allowed: a role"],
    [
      { role: "roles/viewer", member: "a@acme.example" },
      "'a@acme.example' is not a name that is allowed: a principal",
    ],
  ])("%j is refused", async (inputs, problem) => {
    const google = new ImaginedGoogle();
    expect(await google.failures(types.projectMember, { project, ...inputs })).toEqual([
      expect.stringContaining(problem),
    ]);
  });

  it("is given to accounts of a cluster once there is one with Workload Identity", async () => {
    const google = await ImaginedGoogle.withApis();
    const bucket = await google.create(types.bucket, "backups", { name: "acme-backups", location: "EU" });
    const give = () =>
      google.create(types.bucketMember, "backups", {
        bucket: bucket.id,
        role: "roles/storage.objectUser",
        member: workload,
      });
    await expect(give()).rejects.toThrow("Error 400: Identity Pool does not exist (acme-ai.svc.id.goog)");
    await google.cluster();
    await expect(give()).resolves.toMatchObject({
      id: `b/acme-backups/roles/storage.objectUser/${workload}`,
    });
  });
});

describe("an API", () => {
  it("stays on when its stack goes, unless that is asked for", async () => {
    const google = new ImaginedGoogle();
    const inputs = { service: "compute.googleapis.com" };
    await google.delete(await google.create(types.service, "kept", inputs));
    await google.create(types.network, "prod", {});
    await google.delete(await google.create(types.service, "off", { ...inputs, disableOnDestroy: true }));
    await expect(google.create(types.network, "other", {})).rejects.toThrow("accessNotConfigured");
  });

  it("is called by its domain", async () => {
    const google = new ImaginedGoogle();
    expect(await google.failures(types.service, { service: "compute" })).toEqual([
      expect.stringContaining("'compute' is no API: give its domain"),
    ]);
  });

  it("has an account of Google's own, which is that of the project each time", async () => {
    const google = new ImaginedGoogle();
    const { outputs } = await google.create(types.identity, "gke", { service: "container.googleapis.com" });
    const { number } = await google.invoke("gcp:organizations/getProject:getProject", {});
    expect(outputs["member"]).toBe(
      `serviceAccount:service-${text(number)}@container-engine-robot.iam.gserviceaccount.com`,
    );
  });
});
