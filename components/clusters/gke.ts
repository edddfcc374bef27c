import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type Cluster, TRAEFIK } from "../targets/kubernetes/cluster.ts";
import { AddOns } from "./add-ons/index.ts";
import type { BackupsBucket, CloudCluster } from "./cloud-cluster.ts";
import { makeBackups } from "./gke/backups.ts";
import { makeBudget } from "./gke/budget.ts";
import { type ControlPlane, existingControlPlane, makeControlPlane } from "./gke/control-plane.ts";
import { openToControlPlane } from "./gke/firewall.ts";
import type { ExistingNetwork, GkeArgs } from "./gke/gke-args.ts";
import { type KeyMaker, keyMaker } from "./gke/keys.ts";
import { kubeconfigOf } from "./gke/kubeconfig.ts";
import { mistakesOf } from "./gke/mistakes.ts";
import { type ClusterNetwork, existingNetwork, makeNetwork, RANGES } from "./gke/network.ts";
import { makeNodeAccount, type NodeAccount } from "./gke/node-account.ts";
import { makePool, type NodeParts } from "./gke/node-pools.ts";
import { nodePoolOf, POOLS } from "./gke/pools.ts";
import { makeRegistry } from "./gke/registry.ts";
import { type GkeScope, makeScope } from "./gke/scope.ts";
import { makeStorageClass, STORAGE_CLASS } from "./gke/storage-class.ts";
import { makeZone } from "./gke/zone.ts";
import { type Pools, poolsOf } from "./pools.ts";
import { defaultVersion, judgeVersion } from "./versions.ts";

export type {
  ExistingCluster,
  ExistingNetwork,
  GkeArgs,
  MaintenanceArgs,
  RangesArgs,
  ReleaseChannel,
} from "./gke/gke-args.ts";

/**
 * A regional cluster of Google Kubernetes Engine, hardened, with a bucket for backups. Its name begins the names of all that is
 * made.
 *
 * @throws InputPropertiesError with all that is wrong with the arguments, before anything is made
 */
export class Gke extends pulumi.ComponentResource implements CloudCluster {
  readonly cluster: Cluster;
  readonly kubeconfig: pulumi.Output<string>;
  readonly backups: BackupsBucket;
  readonly nameServers: pulumi.Output<readonly string[]>;
  readonly registry: pulumi.Output<string> | undefined;

  constructor(name: string, args: GkeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:clusters:Gke", name, {}, opts);
    const pools = poolsOf(POOLS, args.pools);
    const version = args.version ?? defaultVersion("gke");
    this.#admit(name, args, pools, version);
    const scope = makeScope(name, args, this);
    const account = makeNodeAccount(scope);
    const keys = keyMaker(scope);
    const { controlPlane, ready } = makeOrFind(scope, args, { account, keys, version });
    const disksKey = keys("disks");
    const nodes: NodeParts = { controlPlane, account, disksKey, zones: args.zones, ready };
    const general = makePool(scope, "general", pools.general, nodes);
    const gpu = pools.gpu && makePool(scope, "gpu", pools.gpu, nodes);
    this.kubeconfig = kubeconfigOf(controlPlane, [general, ...(gpu ? [gpu] : [])]);
    const provider = new k8s.Provider(name, { kubeconfig: this.kubeconfig }, { parent: this });
    const storageClass = makeStorageClass(name, disksKey, { parent: this, provider });
    this.cluster = {
      kubeconfig: after(this.kubeconfig, storageClass),
      storageClass: STORAGE_CLASS,
      nodes: nodesOf(scope, pools, nodes),
      entry: TRAEFIK,
      features: { certManager: true, cloudNativePg: true, keda: { namespace: "keda" } },
      install: addOnsOf(this, name, args, provider).install,
    };
    this.backups = makeBackups(scope, args.backups, keys("backups"), general);
    this.registry = args.registry ? makeRegistry(scope, account) : undefined;
    this.nameServers = args.zone ? makeZone(scope, args.zone) : pulumi.output([]);
    if (args.budget) makeBudget(scope, args.budget);
    this.registerOutputs({ kubeconfig: this.kubeconfig, backups: this.backups.url });
  }

  #admit(name: string, args: GkeArgs, pools: Pools, version: string): void {
    const errors = [...mistakesOf(name, args, pools, version)];
    const reasons = errors.map(({ reason }) => reason).join("; ");
    if (errors.length > 0)
      throw new pulumi.InputPropertiesError({ message: `cluster "${name}": ${reasons}`, errors });
    const { warning } = judgeVersion("gke", version);
    if (warning) void pulumi.log.warn(warning, this);
  }
}

/** What it takes for a control plane that is not there yet. */
interface ControlPlaneNeeds {
  readonly account: NodeAccount;
  readonly keys: KeyMaker;
  readonly version: string;
}

/** The control plane, and what nodes wait for beside it. */
function makeOrFind(
  scope: GkeScope,
  args: GkeArgs,
  { account, keys, version }: ControlPlaneNeeds,
): { readonly controlPlane: ControlPlane; readonly ready: readonly pulumi.Resource[] } {
  const { existing } = args;
  if (existing && "cluster" in existing)
    return { controlPlane: existingControlPlane(scope, existing.cluster), ready: [] };
  const network = networkOf(scope, args, existing);
  const { controlPlane: range } = { ...RANGES, ...args.ranges };
  const called = openToControlPlane(scope, network, account, range);
  const parts = { network, account, secretsKey: keys("secrets"), range, version };
  return { controlPlane: makeControlPlane(scope, args, parts), ready: [...network.ready, called] };
}

function networkOf(scope: GkeScope, args: GkeArgs, existing: ExistingNetwork | undefined): ClusterNetwork {
  return existing ? existingNetwork(existing) : makeNetwork(scope, { ...RANGES, ...args.ranges });
}

/** The pools as the Kubernetes target sees them; that of large memory is made if it asks for it. */
function nodesOf(scope: GkeScope, { general, memory, gpu }: Pools, parts: NodeParts): Cluster["nodes"] {
  const { name } = scope;
  return [
    nodePoolOf(name, "general", general),
    ...(memory
      ? [{ ...nodePoolOf(name, "memory", memory), make: () => makePool(scope, "memory", memory, parts) }]
      : []),
    ...(gpu ? [nodePoolOf(name, "gpu", gpu)] : []),
  ];
}

/**
 * Traefik's load balancer passes connections through, and tells the client's address:
 * https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer-parameters
 */
function addOnsOf(
  parent: pulumi.Resource,
  name: string,
  { certificates }: GkeArgs,
  provider: k8s.Provider,
): AddOns {
  const entryService = { annotations: { "cloud.google.com/l4-rbs": "enabled" } };
  const present = ["metrics"] as const;
  return new AddOns(
    name,
    { provider, present, entryService, ...(certificates && { certificates }) },
    { parent },
  );
}

/** A value that is there once a resource is. */
function after<Value>(value: pulumi.Output<Value>, resource: pulumi.CustomResource): pulumi.Output<Value> {
  return pulumi.all([value, resource.id]).apply(([known]) => known) as pulumi.Output<Value>;
}
