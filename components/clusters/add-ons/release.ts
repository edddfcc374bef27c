import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { type ChartValues, PRIORITY_CLASS } from "./chart.ts";
import { CHARTS, type ChartName } from "./charts.ts";

/** What Kubernetes checks of every pod; no add-on asks for more than the strictest of its standards allows. */
const RESTRICTED = Object.fromEntries(
  ["enforce", "audit", "warn"].map((mode) => [`pod-security.kubernetes.io/${mode}`, "restricted"]),
);

const managed = (chart: string) => ({
  "app.kubernetes.io/name": chart,
  "app.kubernetes.io/managed-by": "keelson",
});

/** Seconds that a release may take to be ready: nodes may have to come first, and images are fetched. */
const READY_SECONDS = 600;

/** Makes a namespace for a chart, and installs it there under its own name; a failed change is taken back. */
export function installChart(
  name: string,
  chart: ChartName,
  values: ChartValues,
  options: pulumi.CustomResourceOptions,
): k8s.helm.v3.Release {
  const { repository, version, namespace } = CHARTS[chart];
  const home = new k8s.core.v1.Namespace(
    `${name}-${chart}`,
    { metadata: { name: namespace, labels: { ...managed(chart), ...RESTRICTED } } },
    options,
  );
  return new k8s.helm.v3.Release(
    `${name}-${chart}`,
    {
      name: chart,
      namespace: home.metadata.name,
      chart,
      version,
      repositoryOpts: { repo: repository },
      values,
      atomic: true,
      cleanupOnFail: true,
      skipAwait: false,
      waitForJobs: true,
      timeout: READY_SECONDS,
      maxHistory: 5,
    },
    options,
  );
}

/**
 * Makes the priority class of all add-ons. The system's own classes may be used in other namespaces only where a quota allows
 * it: https://kubernetes.io/docs/concepts/policy/resource-quotas/#limit-priority-class-consumption-by-default
 */
export function makePriorityClass(
  name: string,
  options: pulumi.CustomResourceOptions,
): k8s.scheduling.v1.PriorityClass {
  return new k8s.scheduling.v1.PriorityClass(
    `${name}-${PRIORITY_CLASS}`,
    {
      metadata: { name: PRIORITY_CLASS, labels: managed(PRIORITY_CLASS) },
      value: 1_000_000,
      description: "What others in the cluster need: entry, certificates, autoscalers, operators",
    },
    options,
  );
}
