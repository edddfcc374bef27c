import * as pulumi from "@pulumi/pulumi";
import type { Alerts, MetricsCredentials, Watched } from "../model/monitoring.ts";
import { ref, Reference } from "../model/reference.ts";
import { FILES } from "../model/workload.ts";
import { alertRules } from "./alert-rules.ts";

/** Time between two readings of what states no other, in seconds. */
export const SCRAPE_SECONDS = 15;

/** Rates over five minutes, which alerts and dashboards ask for, need two readings at least, and one may fail. */
const LONGEST_SECONDS = 120;

/** Longest that an answer is waited for, in seconds: Prometheus' own default. */
export const SCRAPE_TIMEOUT_SECONDS = 10;

/**
 * The files that Prometheus is started with, by name: what it reads, the rules, and a file for each credential, so that the
 * others hold none.
 *
 * @param alerts - rules for what is watched, all in one group
 * @throws InputPropertiesError if what is watched can't be told apart or read
 */
export function prometheusFiles(
  watch: readonly Watched[],
  alerts: Alerts,
): Readonly<Record<string, Reference>> {
  check(watch);
  return {
    "prometheus.yml": configuration(watch),
    // JSON is YAML, too.
    "alerts.yml": Reference.plain(JSON.stringify(alertRules(alerts), undefined, 2)),
    ...Object.fromEntries(watch.flatMap(({ name, credentials }) => credentialFile(name, credentials))),
  };
}

function configuration(watch: readonly Watched[]): Reference {
  const jobs = watch.map(scrape);
  return ref`global:
  scrape_interval: ${SCRAPE_SECONDS}s
  evaluation_interval: ${SCRAPE_SECONDS}s
rule_files: [${FILES}/alerts.yml]
scrape_configs:
  - job_name: prometheus
    static_configs:
      - targets: [localhost:9090]
${Reference.join([...jobs.map(() => ""), ""], jobs)}`;
}

/** Each address of the host name is a copy. The name is looked up as often as the copies are read: one that was replaced has another. */
function scrape({
  name,
  host,
  port,
  path,
  intervalSeconds = SCRAPE_SECONDS,
  credentials,
}: Watched): Reference {
  return ref`  - job_name: ${quoted(name)}
    scrape_interval: ${intervalSeconds}s
    scrape_timeout: ${Math.min(intervalSeconds, SCRAPE_TIMEOUT_SECONDS)}s
    metrics_path: ${quoted(path)}
${authorization(name, credentials)}    dns_sd_configs:
      - names: ["${host}"]
        type: A
        port: ${port}
        refresh_interval: ${intervalSeconds}s
`;
}

/** How a server proves who it is: what its configuration says, and what is in the file that it names. */
interface Manner<Credentials> {
  readonly line: (credentials: Credentials, file: string) => string;
  readonly secret: (credentials: Credentials) => Reference;
}

type Kind = MetricsCredentials["kind"];

const MANNERS: { readonly [Name in Kind]: Manner<Extract<MetricsCredentials, { kind: Name }>> } = {
  basic: {
    line: ({ user }, file) => `basic_auth: { username: ${quoted(user)}, password_file: ${file} }`,
    secret: ({ password }) => password,
  },
  bearer: {
    line: (_, file) => `authorization: { type: Bearer, credentials_file: ${file} }`,
    secret: ({ token }) => token,
  },
};

const mannerOf = ({ kind }: MetricsCredentials) => MANNERS[kind] as Manner<MetricsCredentials>;

function authorization(name: string, credentials?: MetricsCredentials): string {
  const file = `${FILES}/${credentialName(name)}`;
  return credentials ? `    ${mannerOf(credentials).line(credentials, file)}\n` : "";
}

function credentialFile(name: string, credentials?: MetricsCredentials): [string, Reference][] {
  return credentials ? [[credentialName(name), mannerOf(credentials).secret(credentials)]] : [];
}

const credentialName = (name: string) => `${name}.credential`;

/** What JSON quotes, YAML reads the same. */
const quoted = (text: string) => JSON.stringify(text);

function check(watch: readonly Watched[]): void {
  const names = ["prometheus", ...watch.map(({ name }) => name)];
  watch.forEach(({ name, path, port, intervalSeconds = SCRAPE_SECONDS }, index) => {
    if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name))
      throw invalid(
        index,
        "name",
        `"${name}" is no name of a service; use small letters, digits and hyphens`,
      );
    if (names.indexOf(name) !== index + 1)
      throw invalid(index, "name", `"${name}" is watched already; give each service a name of its own`);
    if (!path.startsWith("/"))
      throw invalid(index, "path", `"${path}" is no path; it starts with a slash, as in "/metrics"`);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw invalid(index, "port", `${port} is no port; use a whole number from 1 to 65535`);
    if (!Number.isInteger(intervalSeconds) || intervalSeconds < 1 || intervalSeconds > LONGEST_SECONDS)
      throw invalid(
        index,
        "intervalSeconds",
        `${intervalSeconds} s can't be kept; use whole seconds, from 1 to ${LONGEST_SECONDS}`,
      );
  });
}

function invalid(index: number, property: string, reason: string): pulumi.InputPropertiesError {
  const propertyPath = `watch[${index}].${property}`;
  return new pulumi.InputPropertiesError({ message: reason, errors: [{ propertyPath, reason }] });
}
