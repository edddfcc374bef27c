import { readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { z } from "zod";

/** The settings that this program follows; Elasticsearch's others are about what it does not do. */
const settingsSchema = z.object({
  "cluster.name": z.string().default("docker-cluster"),
  "node.name": z.string().optional(),
  "http.host": z.string().optional(),
  "http.port": z.coerce.number().int().default(9200),
  "network.host": z.string().optional(),
  "node.store.allow_mmap": z.boolean().default(true),
  "path.data": z.string().default("/usr/share/elasticsearch/data"),
  "discovery.seed_hosts": z.array(z.string()).default([]),
  "xpack.security.enabled": z.literal(true, "is on in the stand-in, and can't be off").default(true),
});

/** Settings as the official image takes them. */
export interface Settings {
  readonly cluster: string;
  readonly node: string;
  readonly host: string;
  readonly port: number;
  /** Folder of the data. */
  readonly data: string;
  /** Whether indices are mapped into memory. */
  readonly mapped: boolean;
  readonly javaOptions: readonly string[];
  readonly administratorPassword: string;
}

/**
 * Reads the file `elasticsearch.yml` in the folder of the configuration, and the variables of the image.
 *
 * @throws Error if a value is not known, if the administrator has no password, or if it is to be one of several copies
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const folder = environment["ES_PATH_CONF"] ?? "/usr/share/elasticsearch/config";
  const text = readFileSync(path.join(folder, "elasticsearch.yml"), "utf8");
  const filled = text.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => environment[name] ?? "");
  const settings = settingsSchema.parse(parse(filled) ?? {});
  if (settings["discovery.seed_hosts"].length > 0)
    throw new Error("the stand-in for Elasticsearch keeps no copies: run one, or the official image");
  return {
    cluster: settings["cluster.name"],
    node: settings["node.name"] ?? environment["HOSTNAME"] ?? "elasticsearch",
    host: settings["http.host"] ?? settings["network.host"] ?? "127.0.0.1",
    port: settings["http.port"],
    data: settings["path.data"],
    mapped: settings["node.store.allow_mmap"],
    javaOptions: (environment["ES_JAVA_OPTS"] ?? "").split(/\s+/).filter(Boolean),
    administratorPassword: passwordIn(environment),
  };
}

/** The password, or what stands in a file, which nobody else may read, as the official image has it. */
function passwordIn({ ELASTIC_PASSWORD: given, ELASTIC_PASSWORD_FILE: file }: NodeJS.ProcessEnv): string {
  if (given && file)
    throw new Error("ELASTIC_PASSWORD and ELASTIC_PASSWORD_FILE are both set; set one of them");
  if (given) return given;
  if (!file) throw new Error("nobody could use this server; set ELASTIC_PASSWORD or ELASTIC_PASSWORD_FILE");
  const permissions = (statSync(file).mode & 0o777).toString(8);
  if (!["400", "600"].includes(permissions))
    throw new Error(`${file} has the permissions ${permissions}; give it 400 or 600`);
  return readFileSync(file, "utf8").trimEnd();
}
