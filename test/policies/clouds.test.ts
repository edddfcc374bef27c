import { expect, it } from "vitest";
import { Aks } from "../../components/clusters/aks.ts";
import type { AddOn, Cluster } from "../../components/targets/kubernetes/cluster.ts";
import { closedNetworks } from "../../policies/rules/closed-networks.ts";
import { guardedBuckets } from "../../policies/rules/guarded-buckets.ts";
import { resourceRules } from "../../policies/rules/index.ts";
import { audit, auditStack, type Registered } from "../support/audit.ts";
import * as aws from "../support/aws-cloud.ts";
import * as azure from "../support/azure-cloud.ts";
import { deploy, type Registration } from "../support/engine.ts";
import * as google from "../support/google-cloud.ts";

const ADD_ONS: readonly AddOn[] = ["entry", "certManager", "keda", "cloudNativePg", "metrics"];

/** Has a cluster make all that it may be asked for. */
function whole({ cluster: { nodes, install } }: { readonly cluster: Cluster }): void {
  for (const { make } of nodes) make?.();
  for (const addOn of ADD_ONS) install?.(addOn);
}

/** On AKS without graphics processors: their driver's DaemonSet sees a folder of the kubelet, which a configuration has to allow. */
const CLOUDS: Readonly<Record<string, () => Promise<{ readonly all: readonly Registration[] }>>> = {
  EKS: () => aws.clusterOf({ pools: { gpu: {} }, registry: true }, whole),
  GKE: () => google.clusterOf({ pools: { gpu: {} }, registry: true }, whole),
  AKS: () => onAzure(),
};

/** Azure calls an account what the program calls it, by which the guards of its containers name it. */
async function onAzure() {
  const outputs = {
    ...azure.AZURE.outputs,
    "azure-native:storage:StorageAccount": () => ({ name: "prodk3e8r2z7" }),
  };
  const program = () => whole(new Aks("prod", { ...azure.LEAST, registry: true }));
  return { all: await deploy(program, { ...azure.AZURE, outputs }) };
}

it.each(Object.entries(CLOUDS))(
  "[G11] [G18] nothing of a cluster on %s is refused by any rule",
  async (_, made) => {
    const resources: readonly Registered[] = (await made()).all.map(({ inputs, ...registration }) => ({
      ...registration,
      props: inputs,
    }));
    const reports = await Promise.all(
      resources.flatMap((resource) => resourceRules.map((rule) => audit(rule, resource))),
    );
    expect(reports.flat()).toEqual([]);
    for (const rule of [closedNetworks, guardedBuckets])
      expect(await auditStack(rule, resources)).toEqual([]);
    const types = resources.map(({ type }) => type);
    expect(types.filter((type) => /bucket:Bucket$|:StorageAccount$/.test(type))).toHaveLength(1);
  },
);
