/** What node pools take and answer. Source of the facts: see ../columns.ts. */
import type { Properties } from "../../provider/property.ts";
import { atLeast, between, oneOf } from "../../provider/validate.ts";
import { inProject } from "../columns.ts";
import { nameIn, sameName } from "../links.ts";
import { aLocation } from "../locations.ts";
import { clusterName } from "../rules.ts";
import { nodeConfigProperties } from "./node-config.ts";

const count = { type: "integer", validate: atLeast(0) } as const;

export const nodePoolProperties = {
  ...inProject,
  autoscaling: {
    type: {
      object: {
        locationPolicy: { type: "string", computed: true, validate: oneOf("BALANCED", "ANY") },
        maxNodeCount: count,
        minNodeCount: count,
        totalMaxNodeCount: count,
        totalMinNodeCount: count,
      },
    },
  },
  cluster: {
    type: "string",
    required: true,
    replaces: true,
    suppress: sameName,
    validate: (value) => clusterName(typeof value === "string" ? nameIn(value) : value),
  },
  initialNodeCount: { type: "integer", computed: true, replaces: true, validate: atLeast(0) },
  location: { type: "string", computed: true, replaces: true, validate: aLocation },
  management: {
    type: {
      object: {
        autoRepair: { type: "boolean", default: true },
        autoUpgrade: { type: "boolean", default: true },
      },
    },
    computed: true,
  },
  // https://cloud.google.com/kubernetes-engine/docs/how-to/flexible-pod-cidr
  maxPodsPerNode: { type: "integer", computed: true, replaces: true, validate: between(8, 256) },
  name: { type: "string", autoName: true, replaces: true, validate: clusterName },
  networkConfig: {
    type: {
      object: {
        createPodRange: { type: "boolean", replaces: true },
        enablePrivateNodes: { type: "boolean", computed: true },
        podIpv4CidrBlock: { type: "string", computed: true, replaces: true },
        podRange: { type: "string", computed: true, replaces: true },
      },
    },
    computed: true,
  },
  nodeConfig: { type: { object: nodeConfigProperties }, computed: true, replaces: true },
  nodeCount: { type: "integer", computed: true, validate: atLeast(0) },
  nodeLocations: { type: { set: "string" }, computed: true },
  upgradeSettings: {
    type: {
      object: {
        maxSurge: { ...count, computed: true },
        maxUnavailable: { ...count, computed: true },
        strategy: { type: "string", default: "SURGE", validate: oneOf("SURGE") },
      },
    },
    computed: true,
  },
  version: { type: "string", computed: true },
} as const satisfies Properties;
