import * as pulumi from "@pulumi/pulumi";
import { images } from "../images.ts";
import { ref, Reference, type Setting, textOf } from "../model/reference.ts";
import { FILES, type JobWorkload } from "../model/workload.ts";

/** Indices of one client, by name or by a pattern such as `logs-*`. Patterns give rights only, and have an empty definition. */
export type Indices = Readonly<Record<string, IndexDefinition>>;

/** What an index is like. What is left out follows from its first documents. */
export interface IndexDefinition {
  /**
   * Its mapping, as Elasticsearch takes it. Fields that come later are added to an index that is there; a field that changes
   * its type fails the job.
   *
   * @defaultValue none
   */
  readonly mappings?: Readonly<Record<string, unknown>>;
  /**
   * Its settings, as Elasticsearch takes them; they are for a new index, and change none that is there.
   *
   * @defaultValue one replica as soon as there is a second copy of the server
   */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** A user of a server. */
export interface Account {
  readonly user: string;
  readonly password: Reference;
}

const NAME = /^[a-z0-9][a-z0-9._-]{0,254}$/;
const PATTERN = /^[a-z0-9][a-z0-9._*-]{0,254}$/;

/** Whether it names one index, and is no pattern. */
export const isName = (index: string) => NAME.test(index);

/** Users that Elasticsearch has itself. */
const BUILT_IN = /^(elastic|kibana|remote_monitoring_user|.*_system)$/;

/** Why something can be no client, or none of these indices, if so. */
export function problemOf(client: string, indices: Indices): string | undefined {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(client) || BUILT_IN.test(client)) {
    const advice = "use small letters, digits and underscores, starting with a letter, 63 at most";
    return `"${client}" is no name of a client; ${advice}, and none of Elasticsearch's own users`;
  }
  if (Object.keys(indices).length === 0)
    return `client "${client}" has no index; name what it may read and write`;
  for (const [index, definition] of Object.entries(indices)) {
    if (!PATTERN.test(index)) {
      const advice =
        "use small letters, digits, dots, underscores and hyphens, starting with a letter or a digit";
      return `"${index}" is no name of an index; ${advice}; a pattern has asterisks as well`;
    }
    if (!isName(index) && Object.keys(definition).length > 0)
      return `"${index}" is a pattern, which no index can be made of; leave its definition empty, or name an index`;
  }
  return undefined;
}

/**
 * Makes indices, and the user whose they are, where they are missing; safe to repeat.
 *
 * @param url - of the HTTP API
 * @param by - who makes them
 * @param account - user to be made
 * @defaultValue none: `by` is the user
 */
export function preparation(indices: Indices, url: Reference, by: Account, account?: Account): JobWorkload {
  const named = Object.entries(indices).filter(([index]) => isName(index));
  const steps = [
    ...named.map(([index], position) => `index ${index} ${position}`),
    // At the end: whoever knows the user may take for granted that all else is there.
    ...(account
      ? [`put _security/role/${roleOf(account)} role.json`, `put _security/user/${account.user} user.json`]
      : []),
  ];
  return {
    image: images.curl,
    command: ["sh", `${FILES}/prepare.sh`],
    env: { SERVER: url },
    files: {
      "prepare.sh": `${HEAD}${steps.join("\n")}\n`,
      "curl.conf": curlConfiguration(by),
      ...Object.fromEntries(named.flatMap(([, definition], position) => indexFiles(definition, position))),
      ...(account && accountFiles(account, indices)),
    },
    scratch: ["/tmp"],
    resources: { cpuRequest: 0.05, cpuLimit: 0.5, memoryRequestMiB: 32, memoryLimitMiB: 128 },
    user: { uid: 1000, gid: 1000 },
    deadlineSeconds: 180,
  };
}

/** Who asks, as a file for `curl`: a command line is seen by all. */
export function curlConfiguration({ user, password }: Account): Reference {
  const quoted = pulumi.output(textOf(password)).apply((text) => text.replaceAll(/["\\]/g, "\\$&"));
  return ref`user = "${user}:${Reference.hidden(quoted)}"\n`;
}

const roleOf = ({ user }: Account) => `client_${user}`;

const HEAD = `set -eu
ask() { curl --config ${FILES}/curl.conf --globoff --silent --show-error --max-time 60 "$@"; }
put() { ask --fail-with-body --write-out '\\n' --request PUT --header 'content-type: application/json' --data "@${FILES}/$2" "$SERVER/$1"; }
index() {
  found=$(ask --head --output /dev/null --write-out '%{http_code}' "$SERVER/$1")
  case $found in
    200) [ ! -e "${FILES}/mapping-$2.json" ] || put "$1/_mapping" "mapping-$2.json" ;;
    404) put "$1" "index-$2.json" ;;
    *) echo "HEAD /$1 answered $found" >&2; exit 1 ;;
  esac
}
`;

function indexFiles({ mappings = {}, settings = {} }: IndexDefinition, position: number): [string, string][] {
  // A replica on the only copy there is could never be placed.
  const whole = { settings: { "index.auto_expand_replicas": "0-1", ...settings }, mappings };
  return [
    [`index-${position}.json`, JSON.stringify(whole)],
    // One without any field is refused where the index is there.
    ...(Object.keys(mappings).length > 0
      ? [[`mapping-${position}.json`, JSON.stringify(mappings)] satisfies [string, string]]
      : []),
  ];
}

function accountFiles(account: Account, indices: Indices): Record<string, Setting> {
  const role = {
    // What clients ask first: which server it is, and how it is.
    cluster: ["monitor"],
    indices: [{ names: Object.keys(indices), privileges: ["all"] }],
  };
  return {
    "role.json": JSON.stringify(role),
    "user.json": ref`{"password":"${account.password}","roles":["${roleOf(account)}"]}`,
  };
}
