import type { V1APIService } from "@kubernetes/client-node";
import { z } from "zod";
import type { Client } from "../../../../embedded/plugins/kubernetes/api/client.ts";
import type { KubernetesObject } from "../../../../embedded/plugins/kubernetes/api/object.ts";
import { type Check, doubtful } from "../../../checks.ts";
import type { OnCluster, PlannedObject } from "../objects.ts";
import { listed } from "./listed.ts";

/** What answers for measurements in a cluster, and what brings it. */
const SOURCES = {
  "metrics.k8s.io": "install the metrics server: https://github.com/kubernetes-sigs/metrics-server",
  "custom.metrics.k8s.io":
    "install an adapter, as Prometheus Adapter, or leave customMetrics out of keelson:kubernetes.features",
  "external.metrics.k8s.io": "see that KEDA runs, or leave keda out of keelson:kubernetes.features",
} as const;

type Source = keyof typeof SOURCES;

/** Measurements that autoscalers need and that nothing answers for. */
export interface MetricsFacts {
  readonly unmeasured: readonly { readonly source: string; readonly autoscalers: readonly string[] }[];
}

const spec = z.object({
  spec: z.object({
    metrics: z
      .array(z.object({ type: z.string() }))
      .catch([])
      .default([]),
    triggers: z
      .array(z.object({ type: z.string() }))
      .catch([])
      .default([]),
  }),
});

/** Where a metric of Kubernetes' own autoscaler is measured, by its type. */
const MEASURED: Readonly<Record<string, Source>> = {
  Resource: "metrics.k8s.io",
  ContainerResource: "metrics.k8s.io",
  Pods: "custom.metrics.k8s.io",
  Object: "custom.metrics.k8s.io",
  External: "external.metrics.k8s.io",
};

/** Asks a cluster whether what autoscalers follow is measured there. */
export async function metricsFacts(client: Client, { objects }: OnCluster): Promise<MetricsFacts> {
  const kind = { apiVersion: "apiregistration.k8s.io/v1", kind: "APIService" };
  const services = await listed<KubernetesObject & Omit<V1APIService, "metadata">>(client, kind);
  const answered = services?.filter(({ status }) =>
    status?.conditions?.some(({ type, status: is }) => type === "Available" && is === "True"),
  );
  const groups = new Set(answered?.map((service) => service.spec?.group));
  // Where these credentials may not see it, nothing is known to be missing.
  const missing = services ? Object.keys(SOURCES).filter((source) => !groups.has(source)) : [];
  return {
    unmeasured: missing.flatMap((source) => {
      const autoscalers = objects.filter((object) => sourcesOf(object).has(source)).map(({ name }) => name);
      return autoscalers.length > 0 ? [{ source, autoscalers }] : [];
    }),
  };
}

/** Judges whether autoscalers can follow what they are to follow. */
export function judgeMetrics({ unmeasured }: MetricsFacts): Check[] {
  return unmeasured.map(({ source, autoscalers }) =>
    doubtful(
      "stack",
      source,
      `nothing answers for it, and the copies stay as they are of: ${autoscalers.join(", ")}`,
      SOURCES[source as Source],
    ),
  );
}

/** What an object needs measured; nothing if it is no autoscaler. */
function sourcesOf({ kind, inputs }: PlannedObject): ReadonlySet<string> {
  const { metrics = [], triggers = [] } = spec.safeParse(inputs).data?.spec ?? {};
  if (kind === "HorizontalPodAutoscaler") return new Set(metrics.flatMap(({ type }) => MEASURED[type] ?? []));
  if (kind !== "ScaledObject") return new Set();
  // KEDA makes an autoscaler that takes processors and memory from where Kubernetes' own does, and all else from KEDA.
  const ofPods = (type: string) => type === "cpu" || type === "memory";
  return new Set(
    triggers.map(({ type }): Source => (ofPods(type) ? "metrics.k8s.io" : "external.metrics.k8s.io")),
  );
}
