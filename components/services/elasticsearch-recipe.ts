import type { Reference } from "../model/reference.ts";
import { FILES, type Resources, type Site, type Workload } from "../model/workload.ts";
import type { Certificate } from "../secrets/certificate.ts";
import { curlConfiguration } from "./search-preparation.ts";

/** The user that Elasticsearch begins with, who may do everything. */
export const ADMINISTRATOR = "elastic";

/** What the copies of a cluster prove themselves by to each other. */
export interface TransportIdentity extends Certificate {
  /** Certificate of the authority that signed theirs, and no other. */
  readonly authority: Reference;
}

/** What a server is made with. */
export interface ElasticsearchSettings {
  readonly image: string;
  readonly resources: Resources;
  readonly storageGiB: number;
  readonly mapped: boolean;
  readonly admin: Reference;
  /** Needed where there are several copies. */
  readonly identity: TransportIdentity | undefined;
}

/** The server as a workload; several copies of it form a cluster. */
export function elasticsearchRecipe(
  { image, resources, storageGiB, mapped, admin, identity }: ElasticsearchSettings,
  { host, peers, copies }: Site,
): Workload {
  const clustered = copies > 1;
  return {
    image,
    command: ["bash", "-c", clustered ? `${PREPARE}${bootstrap(peers)}${START}` : `${PREPARE}${START}`],
    env: {
      ES_PATH_CONF: CONFIGURATION,
      ES_JAVA_OPTS: javaOptions(resources),
      ELASTIC_PASSWORD_FILE: `${CONFIGURATION}/administrator-password`,
    },
    files: {
      "elasticsearch.yml": configuration(host, clustered ? inCluster(peers) : ALONE, mapped),
      "administrator-password": admin,
      "probe.conf": curlConfiguration({ user: ADMINISTRATOR, password: admin }),
      ...(clustered &&
        identity && {
          "transport.crt": identity.certificate,
          "transport.key": identity.key,
          "authority.crt": identity.authority,
        }),
    },
    ports: {
      http: { number: 9200, protocol: "http" },
      // Opened to the other copies only, as no reference leads there.
      ...(clustered && { transport: { number: 9300 } }),
    },
    volumes: { data: { path: DATA, sizeGiB: storageGiB } },
    // What ends a process that fails is written to the second; all else that it says goes to its output.
    scratch: ["/tmp", "/usr/share/elasticsearch/logs"],
    probes: {
      readiness: {
        check: { kind: "exec", command: ["bash", "-c", clustered ? `${HAS_MASTER} && ${MET}` : HAS_MASTER] },
      },
      // A copy without a master can't answer, but is alive: a restart would not bring the others back.
      liveness: { check: { kind: "tcp", port: "http" }, failures: 6 },
      startupSeconds: 300,
    },
    resources,
    // The image's own user and group.
    user: { uid: 1000, gid: 0 },
    // Shards are closed, and what was written last is synced.
    stopSeconds: 120,
    ...(mapped && {
      kernel: {
        "vm.max_map_count": {
          atLeast: 1_048_576,
          reason:
            "Elasticsearch maps its indices into memory, many areas for each; as of 8.16, it asks for this many",
        },
      },
    }),
  };
}

const DATA = "/usr/share/elasticsearch/data";

/** A folder of its own, since the image's is read-only and the program writes a keystore there. */
const CONFIGURATION = "/tmp/config";

/** Exists once this copy has been in a cluster. */
const MEMBER = `${DATA}/.keelson-member`;

/**
 * Brings the configuration together: the program reads certificates in its own folder only, and a password from a file that
 * nobody else may read (`elasticsearch-env-from-file`).
 */
const PREPARE = `set -e
umask 077
rm -rf "$ES_PATH_CONF"
cp -r /usr/share/elasticsearch/config "$ES_PATH_CONF"
for file in ${FILES}/{elasticsearch.yml,administrator-password,*.crt,*.key}; do
  [ ! -e "$file" ] || cat "$file" > "$ES_PATH_CONF/\${file##*/}"
done
`;

const START = "exec docker-entrypoint.sh eswrapper";

/** Says who may form the cluster, until this copy has been in it: one that lost its data shall join the others, and not begin anew. */
function bootstrap(peers: readonly string[]): string {
  const line = `cluster.initial_master_nodes: ${JSON.stringify(peers.map(nodeName))}`;
  return `[ -e ${MEMBER} ] || echo '${line}' >> "$ES_PATH_CONF/elasticsearch.yml"\n`;
}

/**
 * Answered with 200 only by a copy that has a master (https://github.com/elastic/cloud-on-k8s/issues/2248); what a copy says of
 * itself, with `local=true`, tells nothing of that.
 */
const HAS_MASTER = [
  `curl --config ${FILES}/probe.conf --silent --fail --output /dev/null --max-time 4`,
  `'http://127.0.0.1:9200/_cluster/health?timeout=0s'`,
].join(" ");

const MET = `{ [ -e ${MEMBER} ] || touch ${MEMBER}; }`;

/** Kubernetes tells a copy its own name by its host name. */
const nodeName = (peer: string) => peer.slice(0, peer.indexOf("."));

type Configuration = Readonly<Record<string, string | boolean | readonly string[]>>;

/** The transport listens at the loopback, as it does unless it is told otherwise. */
const ALONE: Configuration = { "http.host": "0.0.0.0", "discovery.type": "single-node" };

const inCluster = (peers: readonly string[]): Configuration => ({
  "network.host": "0.0.0.0",
  "node.name": "${HOSTNAME}",
  "discovery.seed_hosts": peers,
  "xpack.security.transport.ssl.enabled": true,
  // All copies have the same certificate, so it can't be for the name of each.
  "xpack.security.transport.ssl.verification_mode": "certificate",
  "xpack.security.transport.ssl.client_authentication": "required",
  "xpack.security.transport.ssl.certificate": "transport.crt",
  "xpack.security.transport.ssl.key": "transport.key",
  "xpack.security.transport.ssl.certificate_authorities": ["authority.crt"],
});

/** The server's settings, in YAML, which JSON's values are. */
function configuration(host: string, network: Configuration, mapped: boolean): string {
  const settings: Configuration = {
    "cluster.name": host,
    "node.name": host,
    ...network,
    "xpack.security.enabled": true,
    // Else it makes certificates and a password of its own at its first start.
    "xpack.security.autoconfiguration.enabled": false,
    "xpack.security.enrollment.enabled": false,
    // A program beside the server, for models of its own: its memory comes on top of the heap.
    "xpack.ml.enabled": false,
    // Else it downloads tables of addresses from its makers.
    "ingest.geoip.downloader.enabled": false,
    ...(!mapped && { "node.store.allow_mmap": false }),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`);
  return lines.join("");
}

/** From here on, pointers take twice the room. */
const MOST_HEAP_MIB = 30 * 1024;

/** Sizes of the heap; and no log of the garbage collector's, which the image writes to a file of up to 2 GiB. */
function javaOptions({ memoryLimitMiB }: Resources): string {
  const heap = Math.min(Math.floor(memoryLimitMiB / 2), MOST_HEAP_MIB);
  return `-Xms${heap}m -Xmx${heap}m -Xlog:disable -Xlog:all=warning:stderr:utctime,level,tags`;
}
