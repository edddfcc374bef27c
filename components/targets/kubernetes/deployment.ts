import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Placement } from "../../model/target.ts";
import type { Workload } from "../../model/workload.ts";
import { autoscale, autoscaled } from "./autoscaling.ts";
import { startBudget, SURGE, timeouts } from "./budget.ts";
import { protectFromDisruption } from "./disruption.ts";
import { prepareKept } from "./prepared-pod.ts";
import { metadata, selector } from "./scope.ts";
import type { Workshop } from "./workshop.ts";

/** Time in which the cluster stops leading requests to a pod that ends, in seconds. */
const DRAIN_SECONDS = 5;

/** Keeps a workload that has no data running, with no moment in which fewer copies answer than before. */
export function makeDeployment(
  name: string,
  workload: Workload,
  copies: number,
  placement: Placement,
  workshop: Workshop,
): pulumi.Resource {
  const { scaling, stopSeconds = 30, probes } = workload;
  const { parent } = placement;
  const scaled = autoscaled(scaling);
  const { template, dependsOn } = prepareKept(name, workload, placement, workshop, {
    container: { lifecycle: { preStop: { sleep: { seconds: DRAIN_SECONDS } } } },
    pod: { terminationGracePeriodSeconds: stopSeconds + DRAIN_SECONDS },
  });
  const start = { startupSeconds: probes.startupSeconds ?? 60, pullSeconds: workshop.pullSeconds };
  // Old pods end while the new ones of the next round start.
  const rounds = { count: Math.min(copies, 1 / SURGE), pause: 0, stopSeconds: stopSeconds + DRAIN_SECONDS };
  const running = new k8s.apps.v1.Deployment(
    `${workshop.prefix}-${name}`,
    {
      metadata: metadata(workshop, name),
      spec: {
        // An autoscaler's number of copies is its own.
        ...(!scaled && { replicas: copies }),
        selector: { matchLabels: selector(workshop, name) },
        strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: `${SURGE * 100}%` } },
        progressDeadlineSeconds: startBudget(start),
        revisionHistoryLimit: 3,
        template,
      },
    },
    workshop.options({
      parent,
      dependsOn,
      customTimeouts: timeouts(start, rounds),
    }),
  );
  if (scaled) autoscale(name, scaling, "Deployment", workshop, { parent, dependsOn: [running] });
  protectFromDisruption(name, copies, workshop, parent);
  return running;
}
