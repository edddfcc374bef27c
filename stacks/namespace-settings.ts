import { z } from "zod";
import type { Cluster } from "../components/targets/kubernetes/cluster.ts";
import { Kubernetes } from "../components/targets/kubernetes/kubernetes.ts";
import { entryTls } from "./cluster-settings.ts";
import { anyText, flag, secret, whole } from "./settings.ts";
import { defined, foldersOf, prefix } from "./target-entry.ts";

/** How a stack says where a folder is that somebody else fills. */
export const filledVolume = z.strictObject(
  {
    volume: anyText.describe("name of a PersistentVolume"),
    storageClass: anyText.optional().describe("its storage class"),
  },
  { error: "{ volume: name of a PersistentVolume, storageClass }" },
);

/** What a stack says of its namespace, on any cluster. */
export const namespaceSettings = {
  name: prefix,
  namespace: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, {
      error: "small letters, digits and dashes, 63 at most",
    })
    .optional()
    .describe("namespace that everything goes to, which is made; the name if it is left out"),
  sharedStorageClass: anyText.optional().describe("storage class of folders that several nodes write to"),
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
} as const;

/** What a stack said of its namespace. */
type NamespaceSettings = Omit<z.output<z.ZodObject<typeof namespaceSettings>>, "name" | "sharedStorageClass">;

/** Makes the namespace of a stack on a cluster. */
export function namespaceOn(cluster: Cluster, name: string, settings: NamespaceSettings): Kubernetes {
  const { folders = {}, ...rest } = settings;
  const filled = Object.entries(folders).flatMap(([folder, volume]) =>
    volume ? [[folder, defined(volume)] as const] : [],
  );
  return new Kubernetes(name, { cluster, folders: Object.fromEntries(filled), ...defined(rest) });
}
