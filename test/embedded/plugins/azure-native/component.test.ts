import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { Aks } from "../../../../components/clusters/aks.ts";
import type { Values } from "../../../../embedded/plugins/provider/value.ts";
import type { Made } from "../../../support/imagined-cloud.ts";
import { imaginedAzure, type ImaginedAzure } from "./stack.ts";

/** What AKS takes at most of a component: all that it can make. */
const args = {
  region: "eastus2",
  access: ["203.0.113.0/24"],
  registry: true,
  zone: "example.com",
  budget: { monthlyUsd: 500, email: "costs@example.com" },
  pools: { gpu: { max: 2 } },
};

/**
 * Runs a program whose resources of Azure are made in the imagined one, in the order of their dependencies.
 *
 * @throws Error with the first refusal
 */
async function deploy(azure: ImaginedAzure): Promise<readonly Made[]> {
  const made: Made[] = [];
  let refuse: (problem: Error) => void = () => undefined;
  const refused = new Promise<never>((_, reject) => (refuse = reject));
  await pulumi.runtime.setMocks(
    {
      call: ({ token, inputs }) => azure.stack.invoke(token, inputs as Values),
      async newResource({ type, name, inputs }) {
        if (!type.startsWith("azure-native:"))
          return { id: `${name}-id`, state: { ...(inputs as object), result: "k3e8r2z7" } };
        try {
          const one = await azure.stack.create(type, name, inputs as Values);
          made.push(one);
          return { id: one.id, state: one.outputs };
        } catch (error) {
          refuse(new Error(`${type} ${name} was refused`, { cause: error }));
          return { id: `${name}-id`, state: inputs as object };
        }
      },
    },
    "keelson",
    "test",
    false,
  );
  const aks = new Aks("prod", args);
  for (const pool of aks.cluster.nodes) pool.make?.();
  const ready = new Promise<void>((resolve) => {
    aks.kubeconfig.apply(() => resolve());
  });
  await Promise.race([ready, refused]);
  await Promise.race([pulumi.runtime.disconnect(), refused]);
  return made;
}

describe("the cluster that the component makes", () => {
  it("[G18] is accepted whole: names, ranges, references, rights and settings", async () => {
    const azure = imaginedAzure();
    const made = await deploy(azure);
    const types = new Set(made.map(({ type }) => type));
    expect(types).toContain("azure-native:containerservice:ManagedCluster");
    expect(types).toContain("azure-native:containerservice:AgentPool");
    expect(types).toContain("azure-native:consumption:Budget");
    expect([...azure.localCluster.pools.keys()].toSorted()).toEqual([
      "prod/general",
      "prod/gpu",
      "prod/memory",
    ]);
  });

  it("is found unchanged by the next run and by a refresh", async () => {
    const azure = imaginedAzure();
    const made = await deploy(azure);
    for (const each of made) {
      const difference = await azure.stack.diff(each, each.inputs);
      expect(difference, each.type).toMatchObject({ changed: false });
      const found = await azure.stack.refresh(each);
      expect(found?.inputs, each.type).toEqual(each.inputs);
    }
  });

  it("[G18] is kept from deletion by its locks, and goes whole once they are gone", async () => {
    const azure = imaginedAzure();
    const made = (await deploy(azure)).toReversed();
    const isLock = ({ type }: Made): boolean => type.endsWith(":ManagementLockByScope");
    const cluster = made.find(({ type }) => type.endsWith(":ManagedCluster"))!;
    await expect(azure.stack.delete(cluster)).rejects.toThrow(/^ScopeLocked: /);
    for (const lock of made.filter(isLock)) await azure.stack.delete(lock);
    for (const each of made.filter((one) => !isLock(one))) await azure.stack.delete(each);
    expect(azure.store.everything()).toEqual([]);
    expect(azure.localCluster.pools.size).toBe(0);
    expect(azure.localCluster.storageClasses.size).toBe(0);
  });
});
