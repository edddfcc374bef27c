/** Objects as a Kubernetes 1.36 API server shows them, cut down to what waiting looks at. */
import type { KubernetesObject } from "../../../../../embedded/plugins/kubernetes/api/object.ts";
import type { Related, Situation } from "../../../../../embedded/plugins/kubernetes/await/rule.ts";

type Part = Readonly<Record<string, unknown>>;

export function object(
  apiVersion: string,
  kind: string,
  { metadata, ...rest }: { readonly metadata?: Part; readonly [field: string]: unknown } = {},
): KubernetesObject {
  return {
    apiVersion,
    kind,
    metadata: { name: "web", namespace: "shop", uid: `uid-of-${kind}`, ...metadata },
    ...rest,
  };
}

/** What a rule is asked about. */
export function situation(
  about: KubernetesObject,
  related: { readonly [Kind in keyof Related]?: readonly KubernetesObject[] } = {},
  waitedMilliseconds = 0,
): Situation {
  const nothing = {
    endpointslices: [],
    events: [],
    pods: [],
    replicasets: [],
    services: [],
    storageclasses: [],
  };
  return { object: about, related: { ...nothing, ...related } as unknown as Related, waitedMilliseconds };
}

export function condition(type: string, status: string, reason = "", message = ""): Part {
  return { type, status, reason, message };
}

/** A deployment of two copies in the middle of its first rollout, unless the status says otherwise. */
export function deployment(status: Part = {}, metadata: Part = {}): KubernetesObject {
  return object("apps/v1", "Deployment", {
    metadata: { generation: 1, annotations: { "deployment.kubernetes.io/revision": "1" }, ...metadata },
    spec: { replicas: 2 },
    status: {
      observedGeneration: 1,
      replicas: 2,
      updatedReplicas: 2,
      unavailableReplicas: 2,
      conditions: [
        condition(
          "Available",
          "False",
          "MinimumReplicasUnavailable",
          "Deployment does not have minimum availability.",
        ),
        condition("Progressing", "True", "ReplicaSetUpdated", 'ReplicaSet "web-7bcf865bf4" is progressing.'),
      ],
      ...status,
    },
  });
}

export const rolledOut: Part = {
  readyReplicas: 2,
  availableReplicas: 2,
  unavailableReplicas: 0,
  conditions: [
    condition("Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability."),
    condition(
      "Progressing",
      "True",
      "NewReplicaSetAvailable",
      'ReplicaSet "web-7bcf865bf4" has successfully progressed.',
    ),
  ],
};

export function replicaSet(
  owner: KubernetesObject,
  { revision = "1", readyReplicas = 0 } = {},
): KubernetesObject {
  return object("apps/v1", "ReplicaSet", {
    metadata: {
      name: `web-of-${revision}`,
      uid: `uid-of-revision-${revision}`,
      annotations: { "deployment.kubernetes.io/revision": revision },
      ownerReferences: [ownedBy(owner)],
    },
    status: { readyReplicas },
  });
}

/** A pod that its owner made, by default scheduled and on its way. */
export function pod(owner: KubernetesObject, name: string, status: Part = {}): KubernetesObject {
  return object("v1", "Pod", {
    metadata: { name, uid: `uid-of-${name}`, ownerReferences: [ownedBy(owner)] },
    spec: { volumes: [] },
    status: {
      phase: "Pending",
      conditions: [condition("PodScheduled", "True"), condition("Initialized", "True"), unready("web")],
      ...status,
    },
  });
}

export function unready(container: string): Part {
  return condition("Ready", "False", "ContainersNotReady", `containers with unready status: [${container}]`);
}

/** The status of a pod with one container in a state. */
export function running(state: Part, rest: Part = {}, name = "web"): Part {
  return {
    phase: "Running",
    conditions: [condition("PodScheduled", "True"), condition("Initialized", "True"), unready(name)],
    containerStatuses: [{ name, ready: false, restartCount: 0, state, lastState: {}, ...rest }],
  };
}

export function warning(
  about: KubernetesObject,
  reason: string,
  message: string,
  more: Part = {},
): KubernetesObject {
  const { name, uid } = about.metadata;
  return object("v1", "Event", {
    metadata: { name: `${name}.${reason}`, uid: `uid-of-${name}-${reason}` },
    type: "Warning",
    reason,
    message,
    count: 1,
    lastTimestamp: "2026-11-21T08:01:52Z",
    involvedObject: { kind: about.kind, namespace: "shop", name, uid },
    ...more,
  });
}

function ownedBy({ apiVersion, kind, metadata }: KubernetesObject): Part {
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true };
}
