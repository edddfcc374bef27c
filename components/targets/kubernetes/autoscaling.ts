import * as k8s from "@pulumi/kubernetes";
import { type Grant, grantsOf } from "../../model/reference.ts";
import type { Scaling, Signal } from "../../model/scaling.ts";
import { BEHAVIOR } from "./autoscaling-behavior.ts";
import type { AddOn, Features } from "./cluster.ts";
import { makeScaledObject, type Scaled } from "./keda.ts";
import { asked, type MetricsSource, metricsSourceOf } from "./metrics-source.ts";
import { installed, metadata } from "./scope.ts";
import type { Workshop } from "./workshop.ts";

type Kind = Signal["kind"];
type SignalOf<Name extends Kind> = Extract<Signal, { kind: Name }>;
type MetricSpec = k8s.types.input.autoscaling.v2.MetricSpec;

/** What a cluster measures by: the figures of its own nodes, an adapter for other metrics, KEDA, KEDA with a Prometheus server. */
type Means = "nodes" | "customMetrics" | "keda" | "prometheus";

/** Kubernetes' own autoscaler, and KEDA's. */
type Autoscaler = "kubernetes" | "keda";

/** Whose autoscaler can follow a kind of signal, and by which means. */
const MEANS: Readonly<Record<Kind, Readonly<Partial<Record<Autoscaler, Means>>>>> = {
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

/** What has to be in the cluster for a kind of signal, whoever follows it: KEDA has Kubernetes follow those of pods. */
const SIGNAL_NEEDS: Readonly<Record<Kind, readonly AddOn[]>> = {
  cpu: ["metrics"],
  memory: ["metrics"],
  metric: [],
  queue: [],
  lag: [],
  rate: [],
};

/** What has to be in the cluster for an autoscaler. */
const AUTOSCALER_NEEDS: Readonly<Record<Autoscaler, readonly AddOn[]>> = { kubernetes: [], keda: ["keda"] };

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
  { parent, dependsOn }: Scaled,
): void {
  const { features = {} } = workshop.cluster;
  const { by, signals } = followed(wished, { features, source: metricsSourceOf(name, workshop) });
  const scaling = { min, max, signals };
  const needs = [...AUTOSCALER_NEEDS[by], ...signals.flatMap(({ kind }) => SIGNAL_NEEDS[kind])];
  const options = { parent, dependsOn: [...dependsOn, ...installed(workshop, ...new Set(needs))] };
  if (by === "keda") {
    const { namespace } = features.keda!;
    workshop.network.openToNamespace(`${name}-scaling`, namespace, askedOf(signals), parent);
    return makeScaledObject(name, scaling, workload, workshop, options);
  }
  new k8s.autoscaling.v2.HorizontalPodAutoscaler(
    `${workshop.prefix}-${name}`,
    { metadata: metadata(workshop, name), spec: autoscalerSpec(name, scaling, workload) },
    workshop.options(options),
  );
}

/** Which signals can be followed, and whose autoscaler does; one that KEDA can't follow as it is wished is what it stands for. */
export function followed(
  signals: readonly Signal[],
  { features, source }: Measuring,
): { readonly by: Autoscaler; readonly signals: readonly Signal[] } {
  const keda = features.keda !== undefined;
  const has: Readonly<Record<Means, boolean>> = {
    nodes: true,
    customMetrics: features.customMetrics === true,
    keda,
    prometheus: keda && source !== undefined,
  };
  const follows = (who: Autoscaler, { kind }: Signal) => {
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
