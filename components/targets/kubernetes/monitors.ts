import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Metrics, MetricsCredentials } from "../../model/monitoring.ts";
import { type Reference, textOf } from "../../model/reference.ts";
import type { Workload } from "../../model/workload.ts";
import { alertRules } from "../../monitoring/alert-rules.ts";
import { SCRAPE_SECONDS, SCRAPE_TIMEOUT_SECONDS } from "../../monitoring/prometheus-files.ts";
import { watchAlerts } from "../../monitoring/watch-alerts.ts";
import { seriesLabels } from "./metrics-source.ts";
import { metadata, type Scope, selector } from "./scope.ts";
import type { Workshop } from "./workshop.ts";

const API = "monitoring.coreos.com/v1";

/**
 * Lets the Prometheus servers of the cluster's operator read what a workload publishes, and judge it by what the workload
 * says of it. Nothing is made where the cluster has no such operator, or the workload publishes nothing.
 */
export function monitor(name: string, workload: Workload, workshop: Workshop, parent: pulumi.Resource): void {
  const { cluster, network } = workshop;
  const operator = cluster.features?.prometheusOperator;
  const { metrics, ports = {} } = workload;
  if (!operator || !metrics) return;
  const endpoint = { host: name, ports, ready: [] };
  network.openToNamespace(
    "prometheus-operator",
    operator.namespace,
    [{ endpoint, port: metrics.port }],
    parent,
  );
  const secrets = metrics.credentials ? [makeCredentials(name, metrics.credentials, workshop, parent)] : [];
  const make = (kind: string, spec: pulumi.Input<object>, dependsOn: pulumi.Resource[] = []) => {
    const { labels, ...rest } = metadata(workshop, name);
    new k8s.apiextensions.CustomResource(
      `${workshop.prefix}-${name}`,
      { apiVersion: API, kind, metadata: { ...rest, labels: { ...labels, ...operator.labels } }, spec },
      workshop.options({ parent, dependsOn }),
    );
  };
  make("PodMonitor", podMonitorSpec(name, metrics, workshop), secrets);
  make("PrometheusRule", ruleSpec(name, workload, workshop));
}

/**
 * Pods and not a Service are read: each copy, also one that is not ready, whichever Services lead there.
 * https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMonitor
 */
function podMonitorSpec(name: string, metrics: Metrics, scope: Scope) {
  const { port, path = "/metrics", intervalSeconds = SCRAPE_SECONDS, credentials } = metrics;
  return {
    // The value of this label of the pods is the label `job` of the series.
    jobLabel: "app.kubernetes.io/name",
    selector: { matchLabels: selector(scope, name) },
    podMetricsEndpoints: [
      {
        port,
        path,
        interval: `${intervalSeconds}s`,
        scrapeTimeout: `${Math.min(intervalSeconds, SCRAPE_TIMEOUT_SECONDS)}s`,
        ...(credentials && authorization(name, credentials)),
      },
    ],
  };
}

/** Alerts of the workload itself, and those on whether it answers; on machines, the operator's own chart has some. */
function ruleSpec(name: string, { alerts, resources }: Workload, { namespace }: Scope) {
  const { memoryLimitMiB } = resources;
  return seriesLabels(name, namespace).apply((labels) =>
    alertRules({ ...watchAlerts([{ name, memoryLimitMiB }], labels), ...alerts }),
  );
}

type Kind = MetricsCredentials["kind"];
type CredentialsOf<Name extends Kind> = Extract<MetricsCredentials, { kind: Name }>;

/** What is secret of credentials, by the keys of their Secret. */
const SECRETS: {
  readonly [Name in Kind]: (credentials: CredentialsOf<Name>) => Readonly<Record<string, Reference | string>>;
} = {
  basic: ({ user, password }) => ({ username: user, password }),
  bearer: ({ token }) => ({ token }),
};

/** How a monitor is told of them. */
const AUTHORIZATIONS: { readonly [Name in Kind]: (secret: string) => object } = {
  basic: (name) => ({
    basicAuth: { username: { name, key: "username" }, password: { name, key: "password" } },
  }),
  bearer: (name) => ({ authorization: { type: "Bearer", credentials: { name, key: "token" } } }),
};

function authorization(service: string, { kind }: MetricsCredentials): object {
  return AUTHORIZATIONS[kind](secretName(service));
}

/** The operator reads them by itself: its servers are told them in files. */
function makeCredentials(
  service: string,
  credentials: MetricsCredentials,
  scope: Scope,
  parent: pulumi.Resource,
): pulumi.Resource {
  const name = secretName(service);
  const secretsOf = SECRETS[credentials.kind] as (
    credentials: MetricsCredentials,
  ) => Readonly<Record<string, Reference | string>>;
  const texts = Object.entries(secretsOf(credentials)).map(([key, text]) => [key, textOf(text)]);
  return new k8s.core.v1.Secret(
    `${scope.prefix}-${name}`,
    { metadata: metadata(scope, service, { name }), stringData: Object.fromEntries(texts) },
    scope.options({ parent }),
  );
}

const secretName = (service: string) => `${service}-metrics`;
