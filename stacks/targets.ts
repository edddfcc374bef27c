import { z } from "zod";
import type { Target } from "../components/model/target.ts";
import { Docker } from "../components/targets/docker/docker.ts";
import { Kubernetes } from "../components/targets/kubernetes/kubernetes.ts";
import type { Images } from "./images.ts";
import { flag, oneOf, port, secret, whole } from "./settings.ts";

/** What a target takes from a stack, and how it is made of it. */
export interface TargetEntry<Shape extends z.ZodRawShape> {
  readonly settings: Shape;
  /** How a stack says where a folder is that somebody else fills. */
  readonly folder: z.ZodType;
  /** Makes it; its name is the given one unless its settings have another. */
  readonly make: (
    name: string,
    settings: z.output<z.ZodObject<Shape>>,
    images: Images,
  ) => { name: string; target: Target };
}

const entry = <Shape extends z.ZodRawShape>(of: TargetEntry<Shape>): TargetEntry<Shape> => of;

const machine = z.strictObject({
  cpus: whole(1, 1024),
  memoryGiB: whole(1, 16384),
  storageGiB: whole(1, 1048576),
});

const nodePool = z.strictObject({
  cpus: z.number({ error: "a number of cores" }).positive(),
  memoryGiB: z.number({ error: "an amount of memory in GiB" }).positive(),
  count: whole(1, 10000),
  gpus: whole(0, 64).optional(),
  labels: z.record(z.string(), z.string()).optional(),
  taints: z.record(z.string(), z.string()).optional(),
});

const text = z.string({ error: "text" }).min(1, { error: "text" });

const entryTls = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("off") }),
    z.strictObject({
      kind: z.literal("issuer"),
      name: text,
      scope: oneOf(["ClusterIssuer", "Issuer"]).default("ClusterIssuer"),
    }),
    z.strictObject({ kind: z.literal("secret"), name: text }),
    z.strictObject({ kind: z.literal("certificate"), certificate: text, key: secret() }),
  ],
  {
    error:
      "{ kind: off }, { kind: issuer, name }, { kind: secret, name } or { kind: certificate, certificate, key }",
  },
);

/** Folders, by names that are checked where the platform is known. */
const foldersOf = <Folder extends z.ZodType>(folder: Folder) => z.record(z.string(), folder).optional();

const hostFolder = z
  .string()
  .regex(/^\/./, { error: 'the path of a folder of the host, as in "/srv/documents"' });

const filledVolume = z.strictObject(
  { volume: text, storageClass: text.optional() },
  { error: "{ volume: name of a PersistentVolume, storageClass }" },
);

/** Name of a target, which begins the names of all that it makes. */
const prefix = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/, { error: "small letters, digits and dashes, 31 at most" })
  .optional();

/** Every target, by the name that a stack gives. */
export const targets = {
  docker: entry({
    settings: {
      name: prefix,
      host: z
        .string()
        .regex(/^(ssh|unix|tcp):\/\//, { error: "ssh://user@host, unix:///path or tcp://host:port" })
        .optional(),
      machine: machine.optional(),
      httpPort: port.optional(),
      httpsPort: port.optional(),
      tls: oneOf(["off", "internal", "acme"]).optional(),
      publish: z.record(z.string(), z.record(z.string(), port)).optional(),
      subnets: z
        .string()
        .regex(/^\d+\.\d+\.\d+\.\d+\/\d+$/, { error: 'address/length, as in "10.128.0.0/9"' })
        .optional(),
      folders: foldersOf(hostFolder),
      destroyData: flag.optional(),
    },
    folder: hostFolder,
    make: (fallback, { name = fallback, ...settings }, images) => ({
      name,
      target: new Docker(name, {
        ...defined(settings),
        images: { tools: images["busybox"]!, proxy: images["caddy"]! },
      }),
    }),
  }),
  kubernetes: entry({
    settings: {
      name: prefix,
      namespace: z
        .string()
        .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, {
          error: "small letters, digits and dashes, 63 at most",
        })
        .optional(),
      kubeconfig: z.string({ error: "the path of a kubeconfig file" }).min(1).optional(),
      context: text.optional(),
      storageClass: text.optional(),
      sharedStorageClass: text.optional(),
      nodes: z
        .array(nodePool, { error: "a list, as in [{ cpus: 4, memoryGiB: 16, count: 3 }]" })
        .min(1, { error: "at least one pool of nodes, as in [{ cpus: 4, memoryGiB: 16, count: 3 }]" }),
      entry: z
        .strictObject({
          kind: oneOf(["ingress", "gateway"]),
          class: text,
          namespace: text,
        })
        .optional(),
      features: z
        .strictObject({
          certManager: flag.optional(),
          cloudNativePg: flag.optional(),
          customMetrics: flag.optional(),
          keda: z.strictObject({ namespace: text }).optional(),
        })
        .optional(),
      tls: entryTls.optional(),
      registry: z.strictObject({ server: text, user: text, password: secret() }).optional(),
      pullSeconds: whole(0, 3600).optional(),
      requestShare: z
        .number({ error: "a number above 0, 1 at most" })
        .gt(0, { error: "a number above 0, 1 at most" })
        .max(1, { error: "a number above 0, 1 at most" })
        .optional(),
      folders: foldersOf(filledVolume),
      destroyData: flag.optional(),
    },
    folder: filledVolume,
    make: (fallback, { name = fallback, ...settings }) => {
      const { kubeconfig, context, storageClass, sharedStorageClass, ...more } = settings;
      const { nodes, entry: way, features, folders, ...rest } = more;
      const cluster = {
        ...defined({ kubeconfig, context, storageClass, sharedStorageClass }),
        nodes: nodes.map((pool) => defined(pool)),
        ...(way && { entry: way }),
        ...(features && { features: defined(features) }),
      };
      const filled = Object.entries(folders ?? {}).map(([folder, volume]) => [folder, defined(volume)]);
      return {
        name,
        target: new Kubernetes(name, { cluster, folders: Object.fromEntries(filled), ...defined(rest) }),
      };
    },
  }),
} as const;

/** The settings of a target, with the folders that a platform reads. */
export function targetSettings(
  { settings, folder }: TargetEntry<z.ZodRawShape>,
  folders: readonly string[],
): z.ZodRawShape {
  const known = Object.fromEntries(folders.map((name) => [name, folder.optional()]));
  return { ...settings, folders: z.strictObject(known).optional() };
}

/** Name of a target. */
export type TargetName = keyof typeof targets;

/** An object without the keys whose value is undefined, which mean "the default" here. */
export function defined<Values extends object>(
  values: Values,
): { [Key in keyof Values]: Exclude<Values[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
