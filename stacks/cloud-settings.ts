import { z } from "zod";
import type { PoolsArgs } from "../components/clusters/cloud-args.ts";
import { anyText, flag, whole } from "./settings.ts";

const count = whole(0, 1000).optional();

/** Nodes of one kind, as a stack says them. */
const pool = z.strictObject({
  type: anyText.optional().describe("the cloud's name for the kind of machine"),
  min: count.describe("fewest nodes"),
  initial: count.describe("nodes at first; the autoscaler changes them"),
  max: count.describe("most nodes"),
  diskGiB: whole(20, 16384).optional().describe("disk of each node in GiB; 100 if it is left out"),
}) satisfies z.ZodType<Loose<PoolsArgs["general"]>>;

/** A type whose absent parts may be stated as undefined, as what was read from a configuration has them. */
type Loose<Value> = Value extends object ? { [Key in keyof Value]: Value[Key] | undefined } : Value;

const address = z
  .string()
  .regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, { error: "an e-mail address" })
  .describe("e-mail address");

/** What a cluster takes from a stack on any cloud. */
export const cloudSettings = {
  version: z
    .string()
    .regex(/^\d+\.\d+$/, { error: 'major and minor version in quotes, as in "1.35"' })
    .optional()
    .describe("version of Kubernetes; the newest that the cloud calls stable if it is left out"),
  access: z
    .array(z.cidrv4({ error: "a network, as in 203.0.113.0/24" }), {
      error: "a list of networks, as in [203.0.113.0/24]",
    })
    .min(1, { error: "at least one network, as in [203.0.113.0/24]: updates come from there" })
    .describe("networks from which the API server may be reached"),
  pools: z
    .strictObject({
      general: pool.optional().describe("nodes that everything comes to that fits them"),
      memory: z
        .union([z.literal(false), pool], { error: "false or { type, min, initial, max, diskGiB }" })
        .optional()
        .describe("nodes with more memory, made if something needs them; false if there are to be none"),
      gpu: pool.optional().describe("nodes with graphics processors; none if it is left out"),
    })
    .optional()
    .describe("nodes, by what they are for"),
  deletionProtection: flag
    .optional()
    .describe("is the cluster kept from being deleted? true if it is left out"),
  tags: z.record(z.string(), z.string()).optional().describe("tags of all that is made in the cloud"),
  backups: z
    .strictObject({
      retentionDays: whole(1, 3650)
        .optional()
        .describe("days after which a replaced or deleted backup is gone; 30 if it is left out"),
    })
    .optional()
    .describe("bucket for backups"),
  containerRegistry: flag.optional().describe("is a registry for private images made?"),
  budget: z
    .strictObject({
      monthlyUsd: whole(1, 1_000_000).describe("sum for a month, in US dollars"),
      email: address,
    })
    .optional()
    .describe("tells somebody when a month's bill nears a sum"),
  zone: z
    .string()
    .regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/, { error: 'a domain, as in "ai.example.com"' })
    .optional()
    .describe("domain that a DNS zone is made for"),
  certificates: z
    .strictObject({ email: address })
    .optional()
    .describe("has certificates obtained from Let's Encrypt, by the ClusterIssuer letsencrypt"),
} as const;
