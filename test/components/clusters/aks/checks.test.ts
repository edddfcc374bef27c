import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { Aks, type AksArgs } from "../../../../components/clusters/aks.ts";
import { AZURE, LEAST } from "../../../support/azure-cloud.ts";
import { deploy } from "../../../support/engine.ts";

/** What is wrong with a cluster, by property; and what was registered all the same. */
async function mistakesOf(args: Partial<AksArgs>, name = "prod") {
  let errors: readonly { propertyPath: string; reason: string }[] = [];
  const all = await deploy(() => {
    try {
      new Aks(name, { ...LEAST, ...args });
    } catch (error) {
      if (!pulumi.InputPropertiesError.isInstance(error)) throw error;
      errors = error.errors!;
    }
  }, AZURE);
  return { errors, made: all.filter(({ type }) => type !== "keelson:clusters:Aks") };
}

const reasons = async (args: Partial<AksArgs>, name?: string) =>
  (await mistakesOf(args, name)).errors.map(({ reason }) => reason);

describe("mistakes in the arguments of a cluster on AKS", () => {
  it("[G10] are all told at once, before anything is made", async () => {
    const { errors, made } = await mistakesOf(
      {
        region: "East US 2",
        access: ["203.0.113.0/33"],
        version: "1.23",
        zones: ["a"],
        maintenance: { day: "Sunday", hour: 24 },
        backups: { retentionDays: 366 },
        administrators: ["operations"],
        pools: { general: { type: "Standard_X1", min: 0 } },
      },
      "Prod_1",
    );
    expect(made).toEqual([]);
    expect(errors.map(({ propertyPath }) => propertyPath)).toEqual([
      "name",
      "region",
      "access",
      "version",
      "administrators",
      "maintenance.hour",
      "backups.retentionDays",
      "zones",
      "pools.general.min",
      "pools.general",
    ]);
  });

  it("[G18] say the value, and what is allowed: not the whole internet at the API server", async () => {
    expect(await reasons({ access: ["203.0.113.1/24"] })).toEqual([
      'access has "203.0.113.1/24"; use networks of IPv4 in CIDR notation, as in "203.0.113.0/24"',
    ]);
    expect(await reasons({ access: ["0.0.0.0/0", "10.0.0.0/8"] })).toEqual([
      'access has "0.0.0.0/0"; that is the internet at large; use networks of /8 or smaller',
      'access has "10.0.0.0/8"; that is private; use addresses that clients have on the internet, within the network they need none',
    ]);
    expect((await reasons({ version: "1.20" }))[0]).toMatch(
      /^Kubernetes "1\.20" is not supported; use one of 1\.36/,
    );
    expect(await reasons({ administrators: [] })).toEqual([
      "administrators is empty; name at least the account that the program runs as, or leave it out",
    ]);
    expect((await reasons({ existing: { nodes: "nodes", apiServer: "api" } }))[0]).toMatch(
      /^existing has "nodes"; use the id of a subnet/,
    );
    expect((await reasons({}, "x"))[0]).toMatch(/^the cluster's name is "x"; use 3 to 40 small letters/);
  });

  it("are none in the least that a cluster takes", async () => {
    const { errors, made } = await mistakesOf({});
    expect(errors).toEqual([]);
    expect(made).not.toEqual([]);
  });
});
