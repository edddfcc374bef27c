import * as pulumi from "@pulumi/pulumi";
import { images } from "../images.ts";
import type { Dashboard } from "../model/monitoring.ts";
import { ref, Reference } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import { FILES, type Resources, type Workload } from "../model/workload.ts";
import { grafanaFiles, PROVISIONING } from "../monitoring/grafana-files.ts";
import { password } from "../secrets/password.ts";
import type { Prometheus } from "./prometheus.ts";

/** Arguments of {@link Grafana}. */
export interface GrafanaArgs {
  readonly target: Target;
  /** Whose metrics it shows. */
  readonly prometheus: Pick<Prometheus, "url">;
  /** Pages that it has, each with a title of its own. */
  readonly dashboards: readonly Dashboard[];
  /**
   * Where browsers find it, as in `https://box.example.com/grafana`; a route leaves the path as it is.
   *
   * @defaultValue at the root, of whatever host it is asked by
   */
  readonly publicUrl?: string;
  /** @defaultValue the catalogue's */
  readonly image?: string;
  /** @defaultValue {@link GRAFANA_RESOURCES} */
  readonly resources?: Resources;
}

/** Enough for a few people who look on; what it keeps while it runs is in memory, too. */
export const GRAFANA_RESOURCES: Resources = {
  cpuRequest: 0.05,
  cpuLimit: 1,
  memoryRequestMiB: 256,
  memoryLimitMiB: 768,
};

/**
 * Grafana, which shows what a Prometheus server knows to those who know the administrator's password.
 *
 * It keeps nothing: data source, dashboards and password are the stack's, and are made anew at each start. So another password is
 * valid at once (with a database of its own, Grafana would keep the first), and what is changed by hand is gone with the process:
 * sessions, further users, stars.
 */
export class Grafana extends pulumi.ComponentResource {
  /** Its address, as `host:port`. */
  readonly http: Reference;
  /** Its address, as a URL without a trailing slash; with the path that it is routed by. */
  readonly url: Reference;
  /** The administrator. */
  readonly user = ADMINISTRATOR;
  /** Generated. */
  readonly password: Reference;

  constructor(name: string, args: GrafanaArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:Grafana", name, {}, opts);
    const { target, prometheus, dashboards, publicUrl, image = images.grafana } = args;
    const { resources = GRAFANA_RESOURCES } = args;
    this.password = password(`${name}-password`, this);
    const settings = { prometheus, dashboards, publicUrl, image, resources, password: this.password };
    const endpoint = target.run(name, () => grafanaRecipe(settings), { parent: this });
    this.http = Reference.to(endpoint, "http");
    this.url = ref`http://${this.http}${pathOf(publicUrl)}`;
    this.registerOutputs({});
  }
}

interface GrafanaSettings extends Required<Omit<GrafanaArgs, "target" | "publicUrl">> {
  readonly publicUrl: string | undefined;
  readonly password: Reference;
}

/** The program. Whoever wants to use it logs in, and it asks nobody outside for anything. */
export function grafanaRecipe(settings: GrafanaSettings): Workload {
  const { prometheus, dashboards, publicUrl, image, resources, password: secret } = settings;
  const path = pathOf(publicUrl);
  return {
    image,
    command: ["sh", "-c", START],
    env: {
      GF_SECURITY_ADMIN_USER: ADMINISTRATOR,
      // Read by the image's script, which then becomes the program.
      GF_SECURITY_ADMIN_PASSWORD__FILE: `${FILES}/${PASSWORD}`,
      GF_PATHS_PROVISIONING: PROVISIONING,
      ...CLOSED,
      ...QUIET,
      ...PLUGINS,
      GF_LOG_MODE: "console",
      GF_LOG_CONSOLE_FORMAT: "json",
      ...(publicUrl !== undefined && addressed(publicUrl)),
    },
    files: { ...grafanaFiles(prometheus.url, dashboards), [PASSWORD]: secret },
    ports: { http: { number: 3000, protocol: "ws" } },
    scratch: ["/tmp", "/var/lib/grafana"],
    probes: {
      readiness: { check: { kind: "http", port: "http", path: `${path}/api/health` } },
      // Its database is made first.
      startupSeconds: 180,
    },
    metrics: { port: "http", path: `${path}/metrics` },
    resources,
    // The official image's user `grafana`.
    user: { uid: 472, gid: 0 },
  };
}

const ADMINISTRATOR = "admin";

const PASSWORD = "admin-password";

/** Grafana looks for what it is given in two folders, and files have none. */
const START = `
mkdir -p ${PROVISIONING}/datasources ${PROVISIONING}/dashboards
ln -sf ${FILES}/datasources.yaml ${PROVISIONING}/datasources/
ln -sf ${FILES}/dashboards.yaml ${PROVISIONING}/dashboards/
exec /run.sh`;

/** Nobody gets in without a password, or makes an account. */
const CLOSED = {
  GF_AUTH_ANONYMOUS_ENABLED: false,
  GF_USERS_ALLOW_SIGN_UP: false,
  GF_USERS_ALLOW_ORG_CREATE: false,
  GF_SNAPSHOTS_EXTERNAL_ENABLED: false,
} as const;

/** There is no way out, so nothing waits for an answer from there. */
const QUIET = {
  GF_ANALYTICS_REPORTING_ENABLED: false,
  GF_ANALYTICS_CHECK_FOR_UPDATES: false,
  GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: false,
  GF_NEWS_NEWS_FEED_ENABLED: false,
  GF_SECURITY_DISABLE_GRAVATAR: true,
} as const;

/** Data sources that the image brings along as plugins: https://github.com/grafana/grafana/blob/main/pkg/setting/setting_plugins.go */
const UNUSED_PLUGINS = [
  ...["cloudwatch", "elasticsearch", "grafana-postgresql-datasource", "grafana-pyroscope-datasource"],
  ...["influxdb", "jaeger", "loki", "mssql", "mysql", "opentsdb", "stackdriver", "tempo", "zipkin"],
];

/**
 * Prometheus' data source is such a plugin since 13.2. Left alone, Grafana takes the image's away first where there is a newer
 * one, and with a read-only root it then has none. Each plugin is a process that takes memory.
 */
const PLUGINS = {
  GF_PLUGINS_PREINSTALL_DISABLED: true,
  GF_PLUGINS_PLUGIN_ADMIN_ENABLED: false,
  GF_PLUGINS_DISABLE_PLUGINS: UNUSED_PLUGINS.join(","),
} as const;

function addressed(publicUrl: string): Readonly<Record<string, string | boolean>> {
  return {
    GF_SERVER_ROOT_URL: `${withoutSlash(publicUrl)}/`,
    GF_SERVER_SERVE_FROM_SUB_PATH: pathOf(publicUrl) !== "",
    GF_SECURITY_COOKIE_SECURE: publicUrl.startsWith("https:"),
  };
}

/** The path that it is routed by, without a slash at its end. */
function pathOf(publicUrl = ""): string {
  return withoutSlash(URL.parse(publicUrl)?.pathname ?? "");
}

function withoutSlash(text: string): string {
  return text.replace(/\/+$/, "");
}
