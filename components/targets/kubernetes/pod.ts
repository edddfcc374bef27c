import type * as k8s from "@pulumi/kubernetes";
import { FILES, type JobWorkload, type Resources, type Workload } from "../../model/workload.ts";
import { folderVolumes } from "./folders.ts";
import { nodesFor } from "./nodes.ts";
import { labels } from "./scope.ts";
import { type Settings, unexpanded } from "./settings.ts";
import { sharedVolumes, sharingLabels } from "./shared-volumes.ts";
import type { Workshop } from "./workshop.ts";

/** Room for one scratch folder; a pod that writes more is evicted. */
const SCRATCH = "1Gi";

/** What a pod is made of beside its workload. */
export interface PodParts {
  readonly settings: Settings;
  readonly serviceAccount: string;
  /** Where the pod finds volumes that are not made by a StatefulSet's claim templates. */
  readonly volumes?: k8s.types.input.core.v1.Volume[];
  /** What the container has beside what every container has: probes, lifecycle, ports. */
  readonly container?: Partial<k8s.types.input.core.v1.Container>;
  readonly pod?: Partial<k8s.types.input.core.v1.PodSpec>;
}

/** A pod that meets the restricted Pod Security Standard. */
export function podTemplate(
  name: string,
  workload: JobWorkload,
  workshop: Workshop,
  { settings, serviceAccount, volumes = [], container = {}, pod = {} }: PodParts,
): k8s.types.input.core.v1.PodTemplateSpec {
  const { image, command, resources, user, scratch = [], sharedMemoryMiB, stopSeconds = 30 } = workload;
  const { capabilities = {}, writableRoot, identity = false, volumes: own = {} } = workload;
  const [shared, filled] = [sharedVolumes(workload), folderVolumes(workload)];
  const added = Object.keys(capabilities);
  const scratchName = (index: number) => `scratch-${index}`;
  return {
    metadata: {
      labels: { ...labels(workshop, name), ...sharingLabels(workload, workshop) },
      annotations: {
        ...(settings.digest && { "keelson/settings": settings.digest }),
        ...(writableRoot && { "keelson/writable-root": writableRoot }),
      },
    },
    spec: {
      serviceAccountName: serviceAccount,
      automountServiceAccountToken: identity,
      // Otherwise each Service puts variables into all pods, which programs take for their own settings.
      enableServiceLinks: false,
      os: { name: "linux" },
      terminationGracePeriodSeconds: stopSeconds,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: user.uid,
        runAsGroup: user.gid,
        fsGroup: user.gid,
        fsGroupChangePolicy: "OnRootMismatch",
        seccompProfile: { type: "RuntimeDefault" },
      },
      ...nodesFor(name, workshop, workload),
      ...pod,
      containers: [
        {
          name,
          image,
          imagePullPolicy: "IfNotPresent",
          command: command.map(unexpanded),
          env: settings.variables,
          envFrom: settings.hidden,
          resources: quantities(resources, workshop.requestShare),
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: !writableRoot,
            capabilities: { drop: ["ALL"], ...(added.length > 0 && { add: added }) },
          },
          volumeMounts: [
            ...Object.entries(own).map(([volume, { path }]) => ({ name: volume, mountPath: path })),
            ...shared.mounts,
            ...filled.mounts,
            ...scratch.map((mountPath, index) => ({ name: scratchName(index), mountPath })),
            ...(sharedMemoryMiB ? [{ name: "shared-memory", mountPath: "/dev/shm" }] : []),
            ...(settings.files.length > 0 ? [{ name: "files", mountPath: FILES, readOnly: true }] : []),
          ],
          ...container,
        },
      ],
      volumes: [
        ...volumes,
        ...shared.volumes,
        ...filled.volumes,
        ...scratch.map((_, index) => ({ name: scratchName(index), emptyDir: { sizeLimit: SCRATCH } })),
        ...(sharedMemoryMiB
          ? [{ name: "shared-memory", emptyDir: { medium: "Memory", sizeLimit: `${sharedMemoryMiB}Mi` } }]
          : []),
        ...(settings.files.length > 0
          ? [{ name: "files", projected: { defaultMode: 0o440, sources: settings.files } }]
          : []),
      ],
    },
  };
}

/** What is asked of the scheduler, and where the kernel sets the limit. */
export function quantities(
  resources: Resources,
  requestShare: number,
): k8s.types.input.core.v1.ResourceRequirements {
  const { cpuRequest, cpuLimit, memoryRequestMiB, memoryLimitMiB, gpus } = resources;
  return {
    requests: {
      cpu: milli(cpuRequest * requestShare),
      memory: `${Math.ceil(memoryRequestMiB * requestShare)}Mi`,
    },
    limits: {
      cpu: milli(cpuLimit),
      memory: `${memoryLimitMiB}Mi`,
      ...(gpus && { "nvidia.com/gpu": `${gpus}` }),
    },
  };
}

function milli(cores: number): string {
  // An API server writes whole cores as "1", and would read "1000m" as a change.
  const thousandths = Math.max(1, Math.round(cores * 1000));
  return thousandths % 1000 === 0 ? `${thousandths / 1000}` : `${thousandths}m`;
}

/** Whatever of a workload the restricted Pod Security Standard does not allow, in words. */
export function notRestricted({
  user,
  capabilities = {},
}: Pick<Workload, "user" | "capabilities">): string[] {
  const beyond = Object.keys(capabilities).filter((name) => name !== "NET_BIND_SERVICE");
  return [
    ...(user.uid === 0 ? ["runs as root; give it a user of its own"] : []),
    ...(beyond.length > 0
      ? [`keeps the capabilities ${beyond.join(", ")}; only NET_BIND_SERVICE may be kept`]
      : []),
  ];
}
