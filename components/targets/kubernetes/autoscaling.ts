import * as k8s from "@pulumi/kubernetes";
import { type Grant, grantsOf } from "../../model/reference.ts";
import type { Scaling, Signal } from "../../model/scaling.ts";
import { BEHAVIOR } from "./autoscaling-behavior.ts";
import type { Features } from "./cluster.ts";
import { makeScaledObject, type Scaled } from "./keda.ts";
import { metadata, type Scope } from "./scope.ts";

type Kind = Signal["kind"];
type SignalOf<Name extends Kind> = Extract<Signal, { kind: Name }>;
type MetricSpec = k8s.types.input.autoscaling.v2.MetricSpec;

/** What a cluster measures by: the figures of its own nodes, an adapter for other metrics, KEDA. */
type Means = "nodes" | "customMetrics" | "keda";

/** What can measure a kind of signal. */
const MEANS: Readonly<Record<Kind, readonly Means[]>> = {
  cpu: ["nodes", "keda"],
  memory: ["nodes", "keda"],
  metric: ["customMetrics"],
  queue: ["keda"],
  lag: ["keda"],
  rate: ["keda"],
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

/** Whether the number of copies is an autoscaler's business: then nothing else may state it. */
export function autoscaled(scaling: Scaling | undefined): scaling is Scaling {
  return scaling !== undefined && scaling.max > scaling.min;
}

/**
 * Lets the number of a workload's copies follow its signals. Signals that the cluster can't measure are left out; where
 * none is left, 70 % of the requested CPU stands in. A workload has one autoscaler: where a signal needs KEDA, KEDA's
 * follows all, without metrics that the workload publishes, which it can't read (they can be had as a "rate").
 *
 * @throws ResourceError if KEDA would have to be told a secret in clear
 */
export function autoscale(
  name: string,
  scaling: Scaling,
  workload: "Deployment" | "StatefulSet",
  scope: Scope,
  options: Scaled,
): void {
  const { by, signals } = followed(scaling, scope.cluster.features);
  const { min, max } = scaling;
  if (by === "keda") return makeScaledObject(name, { min, max, signals }, workload, scope, options);
  new k8s.autoscaling.v2.HorizontalPodAutoscaler(
    `${scope.prefix}-${name}`,
    { metadata: metadata(scope, name), spec: autoscalerSpec(name, { min, max, signals }, workload) },
    scope.options({ parent: options.parent, dependsOn: [...options.dependsOn] }),
  );
}

/** Which signals a cluster can follow, and whose autoscaler does. */
export function followed(
  { signals }: Scaling,
  features: Features = {},
): { readonly by: "kubernetes" | "keda"; readonly signals: readonly Signal[] } {
  const has = {
    nodes: true,
    customMetrics: features.customMetrics === true,
    keda: features.keda !== undefined,
  };
  const measurable = signals.filter(({ kind }) => MEANS[kind].some((means) => has[means]));
  if (!measurable.some(({ kind }) => METRICS[kind] === undefined))
    return { by: "kubernetes", signals: measurable.length > 0 ? measurable : [STAND_IN] };
  return { by: "keda", signals: measurable.filter(({ kind }) => MEANS[kind].includes("keda")) };
}

/** What KEDA has to open from its own namespace to measure signals; nothing where it measures none. */
export function measuredFrom(scaling: Scaling | undefined, features: Features | undefined): readonly Grant[] {
  if (!autoscaled(scaling)) return [];
  const { by, signals } = followed(scaling, features);
  if (by !== "keda") return [];
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
