import type {
  CoreV1Event,
  V1Deployment,
  V1Job,
  V1OwnerReference,
  V1Pod,
  V1StatefulSet,
} from "@kubernetes/client-node";
import type { Client } from "../../../embedded/plugins/kubernetes/api/client.ts";
import { ApiError } from "../../../embedded/plugins/kubernetes/api/errors.ts";
import type { Kind, KubernetesObject } from "../../../embedded/plugins/kubernetes/api/object.ts";
import type { Running } from "../target.ts";
import { INSTANCE_LABEL, type OnCluster } from "./objects.ts";
import { judgeJob, judgePod } from "./pod-status.ts";

type Pod = KubernetesObject & Omit<V1Pod, "metadata">;
type Job = KubernetesObject & Omit<V1Job, "metadata">;
type Workload = KubernetesObject & Omit<V1Deployment | V1StatefulSet, "metadata">;
type Event = KubernetesObject & Omit<CoreV1Event, "metadata">;

const POD = { apiVersion: "v1", kind: "Pod" };
const JOB = { apiVersion: "batch/v1", kind: "Job" };
const WORKLOADS = ["Deployment", "StatefulSet"].map((kind) => ({ apiVersion: "apps/v1", kind }));

/** What runs of a stack: its pods, its jobs, and workloads that have fewer pods than they should. */
export async function runningOn(client: Client, stack: OnCluster): Promise<Running[]> {
  const all = await Promise.all(stack.namespaces.map((namespace) => runningIn(client, stack, namespace)));
  return all.flat().toSorted((one, other) => one.name.localeCompare(other.name));
}

async function runningIn(client: Client, stack: OnCluster, namespace: string): Promise<Running[]> {
  const all = async <Type extends KubernetesObject>(kind: Kind) =>
    (await client.list<Type>(kind, { namespace, ...selection(stack, namespace) })).items;
  const [pods, jobs, ...workloads] = await Promise.all([
    all<Pod>(POD),
    all<Job>(JOB),
    ...WORKLOADS.map((kind) => all<Workload>(kind)),
  ]);
  const staying = pods.filter((pod) => !isLeaving(pod));
  const missing = workloads.flat().filter((workload) => lacks(workload, staying) > 0);
  return [
    ...staying.filter((pod) => !isOwnedBy(pod, "Job")).map((pod) => podOf(client, pod)),
    ...newest(jobs).map((job) => jobOf(client, job, pods)),
    ...(await Promise.all(missing.map((workload) => missingOf(client, workload, staying)))),
  ];
}

/** In a namespace of its own everything is the stack's; elsewhere it is told by its label. */
function selection({ ownNamespaces, instances }: OnCluster, namespace: string) {
  if (ownNamespaces.includes(namespace)) return {};
  return { labelSelector: `${INSTANCE_LABEL} in (${instances.join(",")})` };
}

/** Pods that are being deleted, and those that a node gave up and that have a successor. */
function isLeaving({ metadata, status }: Pod): boolean {
  return (
    metadata.deletionTimestamp !== undefined ||
    (status?.phase === "Failed" && isOwnedBy({ metadata }, "ReplicaSet"))
  );
}

function isOwnedBy({ metadata }: Pick<KubernetesObject, "metadata">, kind: string): boolean {
  return ownersOf(metadata).some((owner) => owner.kind === kind);
}

function ownersOf({ ownerReferences = [] }: KubernetesObject["metadata"]): readonly V1OwnerReference[] {
  return ownerReferences;
}

function podOf(client: Client, pod: Pod): Running {
  const { name = "", namespace = "" } = pod.metadata;
  return {
    kind: "pod",
    name,
    ...judgePod(pod),
    logCommand: `kubectl logs --namespace ${namespace} ${name}`,
    endOfLog: (lines) => endOfLog(client, pod, lines),
  };
}

function jobOf(client: Client, job: Job, pods: readonly Pod[]): Running {
  const { name = "", namespace = "", uid } = job.metadata;
  const tries = pods.filter(({ metadata }) => ownersOf(metadata).some((owner) => owner.uid === uid));
  const last = byAge(tries).at(-1);
  return {
    kind: "job",
    name,
    ...judgeJob(job),
    logCommand: `kubectl logs --namespace ${namespace} job/${name}`,
    endOfLog: async (lines) => (last ? endOfLog(client, last, lines) : ""),
  };
}

/** Of the runs of a schedule, the last alone tells how it is. */
function newest(jobs: readonly Job[]): Job[] {
  const schedule = ({ metadata }: Job) => ownersOf(metadata).find(({ kind }) => kind === "CronJob");
  return [...new Map(byAge(jobs).map((job) => [schedule(job)?.uid ?? job.metadata.uid, job])).values()];
}

/** The oldest first. */
function byAge<Type extends KubernetesObject>(objects: readonly Type[]): Type[] {
  const made = ({ metadata }: Type) => metadata.creationTimestamp ?? "";
  return objects.toSorted((one, other) => made(one).localeCompare(made(other)));
}

/** The end of a pod's log; that of the run before, where it has just been started anew. */
async function endOfLog(client: Client, { metadata, spec, status }: Pod, lines: number): Promise<string> {
  const { name = "", namespace = "" } = metadata;
  const [first] = spec?.containers ?? [];
  const { restartCount = 0, state } = status?.containerStatuses?.[0] ?? {};
  const previous = restartCount > 0 && state?.waiting !== undefined;
  const query = { tailLines: lines, previous, ...(first && { container: first.name }) };
  try {
    return (await client.logs({ name, namespace }, query)).trimEnd();
  } catch (error) {
    // A container that was never started has no log.
    if (error instanceof ApiError && error.status.code === 400) return "";
    throw error;
  }
}

/** How many pods a workload lacks; whether they are ready is theirs to tell. */
function lacks({ metadata, spec }: Workload, pods: readonly Pod[]): number {
  const labels = Object.entries(spec?.selector.matchLabels ?? {});
  const own = pods.filter((pod) => labels.every(([key, value]) => pod.metadata.labels?.[key] === value));
  return metadata.deletionTimestamp === undefined ? (spec?.replicas ?? 1) - own.length : 0;
}

async function missingOf(client: Client, workload: Workload, pods: readonly Pod[]): Promise<Running> {
  const { kind, metadata } = workload;
  const { name = "", namespace = "" } = metadata;
  const why = await warningAbout(client, workload);
  return {
    kind: "workload",
    name,
    ok: false,
    settling: why === undefined,
    detail: `lacks ${lacks(workload, pods)} of ${workload.spec?.replicas ?? 1} pods${why ? `: ${why}` : ""}`,
    logCommand: `kubectl describe --namespace ${namespace} ${kind.toLowerCase()}/${name}`,
    endOfLog: async () => why ?? "",
  };
}

/** What Kubernetes last warned of: of a Deployment in its own conditions, of others in events. */
async function warningAbout(client: Client, { status, metadata }: Workload): Promise<string | undefined> {
  const failed = status?.conditions?.find(
    ({ type, status: met }) => type === "ReplicaFailure" && met === "True",
  );
  if (failed?.message) return failed.message;
  const fieldSelector = `involvedObject.uid=${metadata.uid},type=Warning`;
  const { items } = await client.list<Event>(
    { apiVersion: "v1", kind: "Event" },
    { namespace: metadata.namespace, fieldSelector },
  );
  return byAge(items).at(-1)?.message;
}
