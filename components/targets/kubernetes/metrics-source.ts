import * as pulumi from "@pulumi/pulumi";
import { Reference } from "../../model/reference.ts";
import type { Signal } from "../../model/scaling.ts";
import { totalOf } from "../../monitoring/published-metric.ts";
import type { Labels } from "../../monitoring/series.ts";
import type { Workshop } from "./workshop.ts";

/** A Prometheus server that has what a workload publishes. */
export interface MetricsSource {
  readonly url: Reference;
  /** By which it knows the workload's series from others. */
  readonly labels: pulumi.Input<Labels>;
}

/** Who has what a service publishes: the stack's own server, or the cluster's; nobody where neither is known. */
export function metricsSourceOf(
  service: string,
  { metricsServer, cluster, namespace }: Pick<Workshop, "metricsServer" | "cluster" | "namespace">,
): MetricsSource | undefined {
  if (metricsServer) return { url: metricsServer, labels: { job: service } };
  const { url } = cluster.features?.prometheusOperator ?? {};
  if (url === undefined) return undefined;
  return { url: Reference.outside(url), labels: seriesLabels(service, namespace) };
}

/** Labels that a service's series have on a server of the Prometheus operator, which reads other namespaces as well. */
export function seriesLabels(service: string, namespace: pulumi.Output<string>): pulumi.Output<Labels> {
  return namespace.apply((known): Labels => ({ namespace: known, job: service }));
}

type Kind = Signal["kind"];
type Asked<Name extends Kind> = (signal: Extract<Signal, { kind: Name }>, source: MetricsSource) => Signal;

/** What is asked of a Prometheus server in the place of a signal, by its kind; nothing where somebody else is asked. */
const ASKED: { readonly [Name in Kind]?: Asked<Name> } = {
  metric: ({ name, perCopy }, { url, labels }) => ({
    kind: "rate",
    server: url,
    query: pulumi.output(labels).apply((known) => totalOf(name, known)),
    perCopy,
  }),
};

/** A signal as KEDA can follow it: what a workload publishes is asked of a server that has it. */
export function asked(signal: Signal, source: MetricsSource | undefined): Signal {
  const ask = ASKED[signal.kind] as Asked<Kind> | undefined;
  return ask && source ? ask(signal, source) : signal;
}
