import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import type { EksArgs } from "../../../../components/clusters/eks.ts";
import { clusterOf } from "../../../support/aws-cloud.ts";
import type { Registration } from "../../../support/engine.ts";

/** What is said of the mistakes of a cluster. */
async function refusal(args: Partial<EksArgs>, name?: string): Promise<string> {
  return clusterOf(args, undefined, name).then(
    () => expect.fail("nothing was refused"),
    (error: unknown) => (error as Error).message,
  );
}

describe("a cluster on EKS", () => {
  it("says all that is wrong at once, by property, and makes nothing then", async () => {
    let all: readonly Registration[] = [];
    const wrong = {
      region: "cn-north-1",
      version: "1.23",
      cidr: "10.0.0.0/8",
      access: ["0.0.0.0/0", "10.0.0.0/8", "home"],
      pools: { general: { type: "t2.nano" } },
      administrators: ["operations"],
      tags: { "aws:owner": "me" },
      budget: { monthlyUsd: -1, email: "nobody" },
      zone: "localhost",
      backups: { retentionDays: 0 },
    };
    const error = await clusterOf(wrong, undefined, "Production").then(
      (made) => void (all = made.all),
      (thrown: unknown) => thrown,
    );
    expect(pulumi.InputPropertiesError.isInstance(error)).toBe(true);
    const { errors, message } = error as pulumi.InputPropertiesError;
    expect(errors.map(({ propertyPath }) => propertyPath)).toEqual([
      "name",
      "region",
      "version",
      "pools.general",
      "access[0]",
      "access[1]",
      "access[2]",
      "cidr",
      "administrators",
      "tags",
      "budget.email",
      "budget.monthlyUsd",
      "zone",
      "backups.retentionDays",
    ]);
    for (const { reason } of errors) expect(message).toContain(reason);
    expect(all).toEqual([]);
  });

  it.each<[string, Partial<EksArgs>, string]>([
    [
      "the whole internet at its API server",
      { access: ["0.0.0.0/0"] },
      `"0.0.0.0/0" would let the internet at the API server; state networks of /8 or smaller`,
    ],
    [
      "private addresses as those of clients on the internet",
      { access: ["192.168.0.0/24"] },
      `"192.168.0.0/24" is private; state the public addresses`,
    ],
    [
      "a network that overlaps the Services'",
      { cidr: "172.20.0.0/16" },
      `"172.20.0.0/16" overlaps the addresses of Services, 172.20.0.0/16; state another`,
    ],
    ["a public network as its own", { cidr: "11.0.0.0/16" }, `"11.0.0.0/16" can't be the network`],
    [
      "a network that is there and one that is to be made",
      { existing: { privateSubnetIds: ["subnet-a", "subnet-b"] }, nat: "one" },
      `leave out the one or the others`,
    ],
    [
      "a network that is there in one zone only",
      { existing: { privateSubnetIds: ["subnet-a"] } },
      `"existing" names 1 private subnets; EKS needs at least two`,
    ],
    [
      "a principal with two entries",
      {
        administrators: ["arn:aws:iam::123456789012:role/a"],
        viewers: ["arn:aws:iam::123456789012:role/a"],
      },
      `"arn:aws:iam::123456789012:role/a" is named twice among administrators and viewers`,
    ],
    [
      "administrators of somebody else's cluster",
      {
        existing: { cluster: "shared", privateSubnetIds: ["subnet-a", "subnet-b"] },
        administrators: ["arn:aws:iam::123456789012:role/a"],
      },
      `of a cluster that is there already are its owner's business`,
    ],
    [
      "another version for somebody else's cluster",
      { existing: { cluster: "shared", privateSubnetIds: ["subnet-a", "subnet-b"] }, version: "1.35" },
      `the version of a cluster that is there already is its owner's business; leave it out`,
    ],
    [
      "more networks than EKS takes",
      { access: Array.from({ length: 41 }, (_, index) => `203.0.${index}.0/24`) },
      `41 networks are let at the API server, and EKS takes 40; state fewer, larger ones`,
    ],
    ["more tags than AWS takes", { tags: manyTags(41) }, `there are 41 tags`],
  ])("refuses %s", async (_, args, reason) => {
    expect(await refusal(args)).toContain(reason);
  });

  it("has a name that all that is named after it can have", async () => {
    for (const name of ["p", "-production", "production-", "production_1", "a".repeat(28)])
      expect(await refusal({}, name), name).toContain(`"${name}" can't be a cluster's name`);
    const { all } = await clusterOf({}, undefined, "a".repeat(27));
    const bucket = all.find(({ type }) => type === "aws:s3/bucket:Bucket")!;
    expect(bucket.inputs["bucket"].length).toBeLessThanOrEqual(63);
  });
});

function manyTags(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, "value"]));
}
