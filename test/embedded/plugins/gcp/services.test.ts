import { describe, expect, it } from "vitest";
import { text } from "../../../../embedded/plugins/cloud/values.ts";
import type { Values } from "../../../../embedded/plugins/provider/value.ts";
import { ImaginedGoogle, region, types } from "./imagined-google.ts";

describe("a bucket of the imagined Google Cloud", () => {
  it("means the same place in capitals and without", async () => {
    const google = new ImaginedGoogle();
    const bucket = await google.create(types.bucket, "backups", { name: "acme-backups", location: region });
    expect(bucket.outputs).toMatchObject({ location: region.toUpperCase(), url: "gs://acme-backups" });
    expect(await google.diff(bucket, bucket.inputs)).toMatchObject({ changed: false });
    expect(await google.diff(bucket, { ...bucket.inputs, location: "EU" })).toMatchObject({
      replaces: ["location"],
    });
  });

  it.each<[Values, string]>([
    [{ name: "Acme" }, "lower-case letters, digits, hyphens, underscores and dots"],
    [{ name: "ab" }, "3 to 63 characters"],
    [{ name: "10.0.0.1" }, "nothing that looks like an IP address"],
    [{ name: "my-g00gle-data" }, "neither 'goog' in front nor 'google'"],
    [{ location: "Mars" }, "'mars' is no region of Google Cloud"],
    [
      { softDeletePolicy: { retentionDurationSeconds: 60 } },
      "'60' is no time for which deleted objects are kept",
    ],
    [{ publicAccessPrevention: "never" }, "'never' is not one of 'inherited', 'enforced'"],
    [
      { lifecycleRules: [{ action: { type: "Burn" }, condition: { age: 1 } }] },
      "'Burn' is not one of 'Delete'",
    ],
  ])("is refused with %j", async (own, problem) => {
    const google = new ImaginedGoogle();
    expect(await google.failures(types.bucket, { location: "EU", ...own })).toEqual([
      expect.stringContaining(problem),
    ]);
  });

  it("has versions, or keeps all it is given for a time", async () => {
    const google = new ImaginedGoogle();
    const inputs = {
      location: "EU",
      versioning: { enabled: true },
      retentionPolicy: { retentionPeriod: "60" },
    };
    await expect(google.create(types.bucket, "backups", inputs)).rejects.toThrow("and not both");
  });
});

describe("labels", () => {
  it("of the provider and of the resource add up, and changes of them are made in place", async () => {
    const google = new ImaginedGoogle();
    const inputs = { name: "acme-backups", location: "EU", labels: { stage: "test" } };
    const bucket = await google.create(types.bucket, "backups", inputs);
    expect(bucket.outputs).toMatchObject({
      labels: { stage: "test" },
      pulumiLabels: { stage: "test", team: "platform" },
      effectiveLabels: { stage: "test", team: "platform", "goog-pulumi-provisioned": "true" },
    });
    const changed = { ...inputs, labels: { stage: "live" } };
    expect(await google.diff(bucket, changed)).toMatchObject({
      differs: ["labels", "pulumiLabels"],
      replaces: [],
    });
    expect((await google.update(bucket, changed)).outputs).toMatchObject({
      pulumiLabels: { stage: "live", team: "platform" },
    });
  });

  it("of the provider change all that has some", async () => {
    const google = new ImaginedGoogle();
    const bucket = await google.create(types.bucket, "backups", { name: "acme-backups", location: "EU" });
    const later = new ImaginedGoogle({ project: "acme-ai", defaultLabels: { team: "data" } }, google.store);
    expect(await later.diff(bucket, bucket.inputs)).toMatchObject({
      differs: ["pulumiLabels"],
      replaces: [],
    });
    const relabelled = await later.update(bucket, bucket.inputs);
    expect(relabelled.outputs).toMatchObject({ pulumiLabels: { team: "data" } });
    expect(await later.diff(relabelled, bucket.inputs)).toMatchObject({ changed: false });
  });

  it("are not in the store's files, as the settings that they come from may be secret", async () => {
    const google = new ImaginedGoogle({ project: "acme-ai", defaultLabels: { owner: "s3cret" } });
    const bucket = await google.create(types.bucket, "backups", { location: "EU" });
    expect(JSON.stringify(google.store.everything())).not.toContain("s3cret");
    expect((await google.refresh(bucket))?.outputs).toEqual(bucket.outputs);
  });
});

describe("a registry", () => {
  it("has an address of its place and project", async () => {
    const google = await ImaginedGoogle.withApis();
    const { outputs } = await google.create(types.repository, "images", {
      repositoryId: "images",
      location: region,
      format: "DOCKER",
    });
    expect(outputs["registryUri"]).toBe(`${region}-docker.pkg.dev/acme-ai/images`);
  });
});

describe("a DNS zone", () => {
  it("is served by four name servers, the same each time", async () => {
    const google = await ImaginedGoogle.withApis();
    const { outputs } = await google.create(types.zone, "zone", { name: "acme", dnsName: "acme.example." });
    expect(outputs["nameServers"]).toEqual(
      [1, 2, 3, 4].map((number) =>
        expect.stringMatching(new RegExp(`^ns-cloud-[a-e]${number}\\.googledomains\\.com\\.$`)),
      ),
    );
  });

  it("is of a domain that ends with a dot", async () => {
    const google = new ImaginedGoogle();
    expect(await google.failures(types.zone, { dnsName: "acme.example" })).toEqual([
      expect.stringContaining("a domain that ends with a dot, as in 'example.com.'"),
    ]);
  });
});

describe("a budget", () => {
  const email = { type: "email", labels: { email_address: "billing@acme.example" } };

  it("belongs to the account that pays for a project, and tells a channel that is there", async () => {
    const google = await ImaginedGoogle.withApis();
    const { billingAccount } = await google.invoke("gcp:organizations/getProject:getProject", {});
    const make = (channel: string) =>
      google.create(types.budget, "budget", {
        billingAccount: billingAccount!,
        amount: { specifiedAmount: { currencyCode: "USD", units: "100" } },
        thresholdRules: [{ thresholdPercent: 0.8 }],
        allUpdatesRule: { monitoringNotificationChannels: [channel] },
      });
    await expect(make("projects/acme-ai/notificationChannels/1")).rejects.toThrow("notFound: there is none");
    const channel = await google.create(types.channel, "channel", email);
    const { id } = await make(channel.id);
    expect(id).toMatch(new RegExp(`^billingAccounts/${text(billingAccount)}/budgets/[0-9a-f-]{36}$`));
  });

  it.each<[Values, string]>([
    [{ type: "email", labels: {} }, 'takes the label "email_address", which is missing'],
    [{ type: "email", labels: { email_address: "nobody" } }, 'which is "nobody"'],
    [{ type: "carrier-pigeon" }, "give one of email, pubsub, sms"],
  ])("tells nobody by a channel %j", async (inputs, problem) => {
    const google = new ImaginedGoogle();
    await expect(google.create(types.channel, "channel", inputs)).rejects.toThrow(problem);
  });
});

describe("a question to the imagined Google Cloud", () => {
  it("is answered the same each time, and differently for another project", async () => {
    const token = "gcp:organizations/getProject:getProject";
    const ask = (projectId: string) => new ImaginedGoogle().invoke(token, { projectId });
    expect(await ask("acme-ai")).toEqual(await ask("acme-ai"));
    expect((await ask("acme-ai"))["number"]).toMatch(/^\d{12}$/);
    expect((await ask("acme-ai"))["number"]).not.toBe((await ask("other"))["number"]);
  });

  it("of a region's zones is answered by those it has", async () => {
    const google = new ImaginedGoogle();
    const { names } = await google.invoke("gcp:compute/getZones:getZones", { region: "europe-west1" });
    expect(names).toEqual(["europe-west1-b", "europe-west1-c", "europe-west1-d"]);
  });

  it("of who asks is answered by what the provider was told, and a token that opens nothing", async () => {
    const google = new ImaginedGoogle();
    expect(await google.invoke("gcp:organizations/getClientConfig:getClientConfig", {})).toMatchObject({
      project: "acme-ai",
      region,
      accessToken: expect.stringContaining("stand-in"),
    });
  });
});
