import { z } from "zod";
import type { Target } from "../components/model/target.ts";
import { Docker } from "../components/targets/docker/docker.ts";
import type { Neighbours } from "../components/targets/docker/neighbours.ts";
import { Kubernetes } from "../components/targets/kubernetes/kubernetes.ts";
import type { Images } from "./images.ts";
import { neighboursOn } from "./neighbours.ts";
import { clusterFeatures, entryTls, nodePool } from "./cluster-settings.ts";
import { flag, oneOf, port, secret, anyText, whole } from "./settings.ts";

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
    neighbours: Neighbours,
  ) => { name: string; target: Target };
  /** Asks what other stacks are promised already where it is, on targets that don't keep track of that themselves. */
  readonly neighbours?: (name: string, settings: z.output<z.ZodObject<Shape>>) => Promise<Neighbours>;
}

const entry = <Shape extends z.ZodRawShape>(of: TargetEntry<Shape>): TargetEntry<Shape> => of;

const machine = z
  .strictObject({
    cpus: whole(1, 1024).describe("processors of the host"),
    memoryGiB: whole(1, 16384).describe("memory of the host, in GiB"),
    storageGiB: whole(1, 1048576).describe("disk of the host, in GiB"),
    gpus: whole(0, 64).optional().describe("graphics processors of the host (NVIDIA's), 0 if it is left out"),
  })
  .describe("what the host has; 4 processors, 16 and 500 GiB if it is left out");

/** Folders, by names that are checked where the platform is known. */
const foldersOf = <Folder extends z.ZodType>(folder: Folder) => z.record(z.string(), folder).optional();

const hostFolder = z
  .string()
  .regex(/^\/./, { error: 'the path of a folder of the host, as in "/srv/documents"' })
  .describe("path of a folder of the host, as /srv/documents");

const filledVolume = z.strictObject(
  {
    volume: anyText.describe("name of a PersistentVolume"),
    storageClass: anyText.optional().describe("its storage class"),
  },
  { error: "{ volume: name of a PersistentVolume, storageClass }" },
);

/** Name of a target, which begins the names of all that it makes. */
const prefix = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/, { error: "small letters, digits and dashes, 31 at most" })
  .optional()
  .describe("begins the names of all that is made; the platform's if it is left out");

/** Every target, by the name that a stack gives. */
export const targets = {
  docker: entry({
    settings: {
      name: prefix,
      host: z
        .string()
        .regex(/^(ssh|unix|tcp):\/\//, { error: "ssh://user@host, unix:///path or tcp://host:port" })
        .optional()
        .describe("another machine's Docker, as ssh://user@host; this one's if it is left out"),
      machine: machine.optional(),
      httpPort: port.optional().describe("port for HTTP; 80 if it is left out"),
      httpsPort: port.optional().describe("port for HTTPS, where TLS is on; 443 if it is left out"),
      tls: oneOf(["off", "internal", "acme"])
        .optional()
        .describe("certificates: none, of the proxy's own making, or Let's Encrypt's"),
      publish: z
        .record(z.string(), z.record(z.string(), port.describe("port of this machine")).describe("its ports"))
        .optional()
        .describe("services to reach from the host itself, by service and port"),
      subnets: z
        .string()
        .regex(/^\d+\.\d+\.\d+\.\d+\/\d+$/, { error: 'address/length, as in "10.128.0.0/9"' })
        .optional()
        .describe("private addresses for networks; 10.128.0.0/9 if it is left out"),
      folders: foldersOf(hostFolder),
      destroyData: flag.optional().describe("may data be deleted with its stack?"),
    },
    folder: hostFolder,
    neighbours: (fallback, { name = fallback, host }) => neighboursOn(host, name),
    make: (fallback, { name = fallback, ...settings }, images, neighbours) => ({
      name,
      target: new Docker(name, {
        ...defined(settings),
        neighbours,
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
        .optional()
        .describe("namespace that everything goes to, which is made; the name if it is left out"),
      kubeconfig: z
        .string({ error: "the path of a kubeconfig file" })
        .min(1, { error: "the path of a kubeconfig file" })
        .optional()
        .describe("path of a kubeconfig; the one of kubectl if it is left out"),
      context: anyText.optional().describe("context of the kubeconfig; its current one if it is left out"),
      storageClass: anyText
        .optional()
        .describe("storage class for volumes; the cluster's default if it is left out"),
      sharedStorageClass: anyText.optional().describe("storage class of folders that several nodes write to"),
      nodes: z
        .array(nodePool, { error: "a list, as in [{ cpus: 4, memoryGiB: 16, count: 3 }]" })
        .min(1, { error: "at least one pool of nodes, as in [{ cpus: 4, memoryGiB: 16, count: 3 }]" })
        .describe("nodes of the cluster, pool by pool"),
      entry: z
        .strictObject({
          kind: oneOf(["ingress", "gateway"]).describe("by an Ingress, or the Gateway API"),
          class: anyText.describe("its class, as traefik"),
          namespace: anyText.describe("namespace of the controller's pods"),
        })
        .optional()
        .describe("the way in; Ingress of the class traefik if it is left out"),
      features: clusterFeatures.optional().describe("operators that the cluster has; none if it is left out"),
      tls: entryTls.optional().describe("certificates; off if it is left out"),
      registry: z
        .strictObject({
          server: anyText.describe("host name of the registry"),
          user: anyText.describe("user there"),
          password: secret().describe("password there"),
        })
        .optional()
        .describe("credentials for private images"),
      pullSeconds: whole(0, 3600)
        .optional()
        .describe("seconds that a node may take for an image; 120 if it is left out"),
      requestShare: z
        .number({ error: "a number above 0, 1 at most" })
        .gt(0, { error: "a number above 0, 1 at most" })
        .max(1, { error: "a number above 0, 1 at most" })
        .optional()
        .describe("share of the requests that is really asked for; 1 if it is left out"),
      folders: foldersOf(filledVolume),
      destroyData: flag.optional().describe("may data be deleted with its stack?"),
    },
    folder: filledVolume,
    make: (fallback, { name = fallback, ...settings }) => {
      const { kubeconfig, context, storageClass, sharedStorageClass, ...more } = settings;
      const { nodes, entry: way, features, folders, ...rest } = more;
      const cluster = {
        ...defined({ kubeconfig, context, storageClass, sharedStorageClass }),
        nodes: nodes.map((pool) => defined(pool)),
        ...(way && { entry: way }),
        ...(features && {
          features: defined({
            ...features,
            prometheusOperator: features.prometheusOperator && defined(features.prometheusOperator),
          }),
        }),
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
  const filled = z.strictObject(known).optional().describe("folders that somebody else fills");
  return { ...settings, folders: filled };
}

/** Name of a target. */
export type TargetName = keyof typeof targets;

/** An object without the keys whose value is undefined, which mean "the default" here. */
export function defined<Values extends object>(
  values: Values,
): { [Key in keyof Values]: Exclude<Values[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
