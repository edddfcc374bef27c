import * as k8s from "@pulumi/kubernetes";
import { type Grant, grantsOf } from "../../model/reference.ts";
import type { Scaling, Signal } from "../../model/scaling.ts";
import { BEHAVIOR } from "./autoscaling-behavior.ts";
import type { Features } from "./cluster.ts";
import { makeScaledObject, type Scaled } from "./keda.ts";
import { asked, type MetricsSource, metricsSourceOf } from "./metrics-source.ts";
import { metadata } from "./scope.ts";
import type { Workshop } from "./workshop.ts";

type Kind = Signal["kind"];
type SignalOf<Name extends Kind> = Extract<Signal, { kind: Name }>;
type MetricSpec = k8s.types.input.autoscaling.v2.MetricSpec;

/** What a cluster measures by: the figures of its own nodes, an adapter for other metrics, KEDA, KEDA with a Prometheus server. */
type Means = "nodes" | "customMetrics" | "keda" | "prometheus";

/** Whose autoscaler can follow a kind of signal, and by which means. */
const MEANS: Readonly<Record<Kind, { readonly kubernetes?: Means; readonly keda: Means }>> = {
  cpu: { kubernetes: "nodes", keda: "keda" },
  memory: { kubernetes: "nodes", keda: "keda" },
  metric: { kubernetes: "customMetrics", keda: "prometheus" },
  queue: { keda: "keda" },
  lag: { keda: "keda" },
  rate: { keda: "keda" },
};

/** What Kubernetes' own autoscaler follows, by the kind of signal; nothing for those that it can't. */
const METRICS: { readonly [Name in Kind]: ((signal: SignalOf<Name>) => MetricSpec) | undefined } = {
  cpu: ({ percent }) => resourceMetric("cpu", percent),
  memory: ({ percent }) => resourceMetric("memory", percent),
  metric: ({ name, perCopy }) => ({
    type: "Pods",
    pods: {
      metric: { name },
      target: { type: "AverageValue", averageValue: `${Math.round(perCopy * 1000)}m` },
    },
  }),
  queue: undefined,
  lag: undefined,
  rate: undefined,
};

/** Stands in for signals that a cluster can't measure. */
const STAND_IN: Signal = { kind: "cpu", percent: 70 };

/** What signals can be measured by where a workload runs. */
export interface Measuring {
  readonly features: Features;
  /** Who has what the workload publishes; nobody that is known where it is left out. */
  readonly source?: MetricsSource | undefined;
}

/** Whether the number of copies is an autoscaler's business: then nothing else may state it. */
export function autoscaled(scaling: Scaling | undefined): scaling is Scaling {
  return scaling !== undefined && scaling.max > scaling.min;
}

/**
 * Lets the number of a workload's copies follow its signals, and lets KEDA get to what it measures them by. Signals that
 * the cluster can't measure are left out; where none is left, 70 % of the requested CPU stands in. A workload has one
 * autoscaler: where a signal needs KEDA, KEDA's follows all, and asks a Prometheus server for what the workload publishes.
 *
 * @throws ResourceError if KEDA would have to be told a secret in clear
 */
export function autoscale(
  name: string,
  { min, max, signals: wished }: Scaling,
  workload: "Deployment" | "StatefulSet",
  workshop: Workshop,
  options: Scaled,
): void {
  const { features = {} } = workshop.cluster;
  const { by, signals } = followed(wished, { features, source: metricsSourceOf(name, workshop) });
  const scaling = { min, max, signals };
  if (by === "keda") {
    const { namespace } = features.keda!;
    workshop.network.openToNamespace(`${name}-scaling`, namespace, askedOf(signals), options.parent);
    return makeScaledObject(name, scaling, workload, workshop, options);
  }
  new k8s.autoscaling.v2.HorizontalPodAutoscaler(
    `${workshop.prefix}-${name}`,
    { metadata: metadata(workshop, name), spec: autoscalerSpec(name, scaling, workload) },
    workshop.options({ parent: options.parent, dependsOn: [...options.dependsOn] }),
  );
}

/** Which signals can be followed, and whose autoscaler does; one that KEDA can't follow as it is wished is what it stands for. */
export function followed(
  signals: readonly Signal[],
  { features, source }: Measuring,
): { readonly by: "kubernetes" | "keda"; readonly signals: readonly Signal[] } {
  const keda = features.keda !== undefined;
  const has: Readonly<Record<Means, boolean>> = {
    nodes: true,
    customMetrics: features.customMetrics === true,
    keda,
    prometheus: keda && source !== undefined,
  };
  const follows = (who: "kubernetes" | "keda", { kind }: Signal) => {
    const means = MEANS[kind][who];
    return means !== undefined && has[means];
  };
  const byKeda = signals.filter((signal) => follows("keda", signal));
  const alone = signals.filter((signal) => follows("kubernetes", signal));
  if (byKeda.every((signal) => alone.includes(signal)))
    return { by: "kubernetes", signals: alone.length > 0 ? alone : [STAND_IN] };
  return { by: "keda", signals: byKeda.map((signal) => asked(signal, source)) };
}

/** What KEDA has to open from its own namespace to measure signals. */
export function askedOf(signals: readonly Signal[]): readonly Grant[] {
  return grantsOf(signals.flatMap((signal) => ("server" in signal ? [signal.server] : [])));
}

/** Kubernetes' own autoscaler. */
export function autoscalerSpec(
  name: string,
  { min, max, signals }: Scaling,
  workload: "Deployment" | "StatefulSet",
): k8s.types.input.autoscaling.v2.HorizontalPodAutoscalerSpec {
  return {
    scaleTargetRef: { apiVersion: "apps/v1", kind: workload, name },
    minReplicas: min,
    maxReplicas: max,
    metrics: signals.flatMap((signal) => metricOf(signal)),
    behavior: BEHAVIOR,
  };
}

function metricOf(signal: Signal): MetricSpec[] {
  const metric = METRICS[signal.kind] as ((signal: Signal) => MetricSpec) | undefined;
  return metric ? [metric(signal)] : [];
}

function resourceMetric(name: "cpu" | "memory", averageUtilization: number): MetricSpec {
  return { type: "Resource", resource: { name, target: { type: "Utilization", averageUtilization } } };
}
