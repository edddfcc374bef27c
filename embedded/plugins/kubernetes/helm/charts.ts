import { existsSync } from "node:fs";
import * as path from "node:path";

/** What is known of a chart without having it. */
export interface KnownChart {
  readonly name: string;
  /** The version that is meant where a program names none, and the program in it. */
  readonly version: string;
  readonly appVersion: string;
  /** Whose definitions of custom resources it brings, by the folder that they are kept in, and their names; none where it brings none. */
  readonly brings?: { readonly project: string; readonly definitions: readonly string[] };
}

const within = (group: string, ...plurals: readonly string[]) =>
  plurals.map((plural) => `${plural}.${group}`);

/** Versions are those that keelson's clusters install; the definitions are those of their templates or of their folder `crds`. */
const charts: Readonly<Record<string, Omit<KnownChart, "name">>> = {
  traefik: {
    version: "41.3.0",
    appVersion: "v3.7.11",
    brings: {
      project: "traefik",
      definitions: within(
        "traefik.io",
        "ingressroutes",
        "ingressroutetcps",
        "ingressrouteudps",
        "middlewares",
        "middlewaretcps",
        "serverstransports",
        "serverstransporttcps",
        "tlsoptions",
        "tlsstores",
        "traefikservices",
      ),
    },
  },
  "cert-manager": {
    version: "v1.21.1",
    appVersion: "v1.21.1",
    brings: {
      project: "cert-manager",
      definitions: [
        ...within("cert-manager.io", "certificaterequests", "certificates", "clusterissuers", "issuers"),
        ...within("acme.cert-manager.io", "challenges", "orders"),
      ],
    },
  },
  keda: {
    version: "2.20.2",
    appVersion: "2.20.2",
    brings: {
      project: "keda",
      definitions: [
        ...within(
          "keda.sh",
          "clustertriggerauthentications",
          "scaledjobs",
          "scaledobjects",
          "triggerauthentications",
        ),
        ...within("eventing.keda.sh", "cloudeventsources", "clustercloudeventsources"),
      ],
    },
  },
  "cloudnative-pg": {
    version: "0.29.0",
    appVersion: "1.30.0",
    brings: {
      project: "cloudnative-pg",
      definitions: within(
        "postgresql.cnpg.io",
        "backups",
        "clusterimagecatalogs",
        "clusters",
        "databases",
        "failoverquorums",
        "imagecatalogs",
        "poolers",
        "publications",
        "scheduledbackups",
        "subscriptions",
      ),
    },
  },
  "metrics-server": { version: "3.13.1", appVersion: "0.8.1" },
  "cluster-autoscaler": { version: "9.59.0", appVersion: "1.35.0" },
};

/**
 * The chart that a program names: by its name alone, as `repository/name`, or by the address of an OCI registry.
 *
 * @param isInRepository whether the program says which repository has it: else a folder or a file of that name is meant first
 * @throws Error if nothing is known of it, or it lies on this machine
 */
export function knownChart(chart: string, isInRepository: boolean): KnownChart {
  if (isLocal(chart, isInRepository))
    throw new Error(
      `"${chart}" is a chart on this machine, and the embedded kubernetes plugin renders no charts: write its manifests with \`helm template\` and declare them by yaml.ConfigFile, or use the official plugin`,
    );
  const name = path.posix.basename(chart.trim());
  const known = Object.hasOwn(charts, name) ? charts[name] : undefined;
  if (known) return { name, ...known };
  throw new Error(
    `the embedded kubernetes plugin downloads no charts, and does not know what "${chart}" brings; it knows ${Object.keys(charts).join(", ")}: write its manifests with \`helm template\` and declare them by yaml.ConfigFile, or use the official plugin`,
  );
}

/**
 * The version that a program means.
 *
 * @throws Error if it does not name one but several, as `>=1.2.0` does: which of them there are, only the repository knows
 */
export function exactVersion(known: KnownChart, wanted: string): string {
  const version = wanted.trim();
  if (version === "") return known.version;
  if (!/^v?\d+\.\d+\.\d+([-+][\w.+-]+)?$/.test(version))
    throw new Error(
      `the embedded kubernetes plugin cannot ask which versions of "${known.name}" match "${wanted}": name one, as "${known.version}", or use the official plugin`,
    );
  const isPinned = version.replace(/^v/, "") === known.version.replace(/^v/, "");
  return isPinned ? known.version : version;
}

/** As Helm decides: https://helm.sh/docs/helm/helm_install/ */
function isLocal(chart: string, isInRepository: boolean): boolean {
  if (isInRepository || chart.startsWith("oci://")) return false;
  return (
    path.isAbsolute(chart) ||
    chart.startsWith(".") ||
    chart.endsWith(".tgz") ||
    existsSync(path.join(chart, "Chart.yaml"))
  );
}
