import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Placement } from "../../model/target.ts";
import { type JobWorkload, permissionsOf, type Workload } from "../../model/workload.ts";
import { makeAccount } from "./accounts.ts";
import { claimName, makeClaims } from "./claims.ts";
import { notRestricted, type PodParts, podTemplate } from "./pod.ts";
import { probes } from "./probes.ts";
import { containerPorts } from "./services.ts";
import { makeSettings } from "./settings.ts";
import type { Workshop } from "./workshop.ts";

/** A pod, and what has to be there before it. */
export interface PreparedPod {
  readonly template: k8s.types.input.core.v1.PodTemplateSpec;
  readonly dependsOn: pulumi.Input<pulumi.Resource>[];
}

type Extra = Partial<Pick<PodParts, "container" | "pod" | "volumes">>;

/**
 * Makes what a pod needs around it: its settings, its account, and leave to open what it refers to.
 *
 * @throws ResourceError if the workload wants what the namespace does not allow
 */
function preparePod(
  name: string,
  workload: JobWorkload,
  { parent, after = [] }: Placement,
  workshop: Workshop,
  extra: Extra,
): PreparedPod {
  const problems = [...notRestricted(workload), ...unknownFolders(workload, workshop)];
  if (problems.length > 0) {
    const reason = `"${workshop.prefix}": "${name}" ${problems.join("; and it ")}`;
    throw new pulumi.ResourceError(reason, parent, true);
  }
  const grants = permissionsOf(workload);
  const settings = makeSettings(name, workload, workshop, parent);
  return {
    template: podTemplate(name, workload, workshop, { settings, serviceAccount: name, ...extra }),
    dependsOn: [
      ...workshop.pools,
      ...settings.made,
      makeAccount(name, workshop, parent),
      ...workshop.network.open(name, grants, parent),
      ...Object.values(workload.shared ?? {}).flatMap(({ volume }) => volume.ready),
      ...Object.keys(workload.folders ?? {}).flatMap((folder) => workshop.folders.get(folder) ?? []),
      ...grants.flatMap(({ endpoint }) => endpoint.ready),
      ...after.map(({ done }) => done),
    ],
  };
}

function unknownFolders({ folders = {} }: Pick<Workload, "folders">, workshop: Workshop): string[] {
  const known = [...workshop.folders.keys()].join(", ") || "none";
  return Object.keys(folders)
    .filter((folder) => !workshop.folders.has(folder))
    .map((folder) => `wants the folder "${folder}", and there are: ${known}; state its volume in folders`);
}

/** Prepares the pod of a workload that is kept running. */
export function prepareKept(
  name: string,
  workload: Workload,
  placement: Placement,
  workshop: Workshop,
  extra: Pick<Extra, "container" | "pod"> = {},
): PreparedPod {
  const container = {
    ports: containerPorts(workload.ports ?? {}),
    ...probes(workload.probes),
    ...extra.container,
  };
  return preparePod(name, workload, placement, workshop, { ...extra, container });
}

/** Prepares the pod of a job. */
export function prepareJob(
  name: string,
  job: JobWorkload,
  placement: Placement,
  workshop: Workshop,
): PreparedPod {
  const { volumes = {} } = job;
  const claims = makeClaims(name, volumes, 1, workshop, placement.parent);
  const { template, dependsOn } = preparePod(name, job, placement, workshop, {
    pod: { restartPolicy: "Never" },
    volumes: Object.keys(volumes).map((volume) => ({
      name: volume,
      persistentVolumeClaim: { claimName: claimName(name, volume, 0) },
    })),
  });
  return { template, dependsOn: [...dependsOn, ...claims] };
}
