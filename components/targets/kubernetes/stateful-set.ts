import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Placement } from "../../model/target.ts";
import type { Workload } from "../../model/workload.ts";
import { autoscaled } from "./autoscaling.ts";
import { timeouts } from "./budget.ts";
import { claimSpec, makeClaims } from "./claims.ts";
import { protectFromDisruption } from "./disruption.ts";
import { prepareKept } from "./prepared-pod.ts";
import { metadata, selector } from "./scope.ts";
import { makePeersService, peersName } from "./services.ts";
import type { Workshop } from "./workshop.ts";

/**
 * Keeps a workload running whose copies each have data of their own.
 *
 * @throws ResourceError if it is to be scaled: copies that come and go would leave data behind
 */
export function makeStatefulSet(
  name: string,
  workload: Workload,
  copies: number,
  placement: Placement,
  workshop: Workshop,
): pulumi.Resource {
  const { parent } = placement;
  const { ports = {}, volumes = {}, stopSeconds = 30, probes } = workload;
  if (autoscaled(workload.scaling)) {
    const advice = "state its copies, or keep its data elsewhere";
    const reason = `"${workshop.prefix}": "${name}" has volumes, and can't be scaled by signals; ${advice}`;
    throw new pulumi.ResourceError(reason, parent, true);
  }
  makePeersService(name, ports, workshop, parent);
  const met = copies > 1 ? [workshop.network.openToPeers(name, Object.values(ports), parent)] : [];
  const claims = makeClaims(name, volumes, copies, workshop, parent);
  const { template, dependsOn } = prepareKept(name, workload, placement, workshop);
  const start = { startupSeconds: probes.startupSeconds ?? 60, pullSeconds: workshop.pullSeconds };
  const running = new k8s.apps.v1.StatefulSet(
    `${workshop.prefix}-${name}`,
    {
      metadata: metadata(workshop, name),
      spec: {
        replicas: copies,
        serviceName: peersName(name),
        // Members of a quorum wait for each other: one after the other they would never be ready.
        podManagementPolicy: "Parallel",
        selector: { matchLabels: selector(workshop, name) },
        template,
        volumeClaimTemplates: Object.entries(volumes).map(([volume, wanted]) => ({
          metadata: { name: volume },
          spec: claimSpec(wanted, workshop),
        })),
      },
    },
    workshop.options({
      parent,
      dependsOn: [...dependsOn, ...met, ...claims],
      customTimeouts: timeouts(start, { count: copies, pause: stopSeconds, stopSeconds }),
      // The claims themselves grow; a StatefulSet can't be told of it.
      ignoreChanges: ["spec.volumeClaimTemplates"],
    }),
  );
  protectFromDisruption(name, copies, workshop, parent);
  return running;
}
