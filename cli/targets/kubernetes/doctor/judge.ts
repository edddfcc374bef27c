import { atLeast } from "../../../../embedded/plugins/docker/daemon/version.ts";
import { bad, type Check, doubtful, good } from "../../../checks.ts";
import { ABSENT, HOW_TO_BRING, ownImages } from "../images.ts";
import type { ClusterFacts, PlanFacts } from "./facts.ts";
import { judgeMetrics } from "./metrics.ts";
import { fits, type Size, total } from "./nodes.ts";

/** The oldest that has all which is rendered: pods that sleep before they stop, and failure policies of jobs for good. */
const OLDEST_KUBERNETES = "1.31";

/** Judges a cluster. */
export function judgeCluster({ server, version, policyEngine }: ClusterFacts): Check[] {
  const detail = `${version} at ${server}`;
  return [
    atLeast(version, OLDEST_KUBERNETES)
      ? good("Kubernetes", "API server", detail)
      : bad(
          "Kubernetes",
          "API server",
          `${detail}; needed is ${OLDEST_KUBERNETES} or newer`,
          "update the cluster",
        ),
    policyEngine === undefined
      ? doubtful(
          "Kubernetes",
          "network policies",
          "nothing is known here that enforces them, and without that every pod reaches every other",
          "see to a network that does, as Calico or Cilium",
        )
      : good("Kubernetes", "network policies", `enforced by ${policyEngine}`),
  ];
}

/**
 * Judges whether what a program wants can be had of a cluster.
 *
 * @param isOwnCluster Whether keelson brings images to its nodes
 */
export function judgePlan(facts: PlanFacts, isOwnCluster: boolean): Check[] {
  return [
    good("stack", "program", `${facts.objects} objects`),
    ...judgeAccess(facts),
    ...judgeClasses(facts),
    ...judgeMetrics(facts),
    ...judgeSize(facts),
    ...judgeData(facts),
    judgeImages(facts, isOwnCluster),
  ];
}

function judgeAccess({ access: { denied, unknownKinds } }: PlanFacts): Check[] {
  return [
    denied.length === 0
      ? good("stack", "credentials", "may do all that it takes")
      : bad(
          "stack",
          "credentials",
          `may not: ${denied.join("; ")}`,
          "have them bound to a role that may, as by: kubectl create rolebinding keelson --clusterrole=admin --user=USER --namespace NAMESPACE",
        ),
    ...unknownKinds.map((kind) =>
      bad(
        "stack",
        kind,
        "the cluster does not know this kind",
        "install what brings it, or choose another in the stack file (keelson:kubernetes.entry, keelson:kubernetes.features)",
      ),
    ),
  ];
}

function judgeClasses({ missingClasses, lacksUsualClass }: PlanFacts): Check[] {
  const checks = [
    ...missingClasses.map((name) =>
      bad(
        "stack",
        name,
        "is not there",
        "see which are: kubectl get storageclass,ingressclass,gatewayclass; name one in the stack file",
      ),
    ),
    ...(lacksUsualClass
      ? [
          bad(
            "stack",
            "storage class",
            "the cluster has no usual one, and the stack names none",
            "name one in the stack file: keelson:kubernetes.storageClass (kubectl get storageclass shows them)",
          ),
        ]
      : []),
  ];
  return checks.length > 0 ? checks : [good("stack", "classes", "those for storage and for entry are there")];
}

function judgeSize({ demands, nodes, promised }: PlanFacts): Check[] {
  if (!nodes) {
    return [doubtful("stack", "room", "these credentials may not see the nodes", "ask who runs the cluster")];
  }
  const homeless = demands.filter((demand) => !nodes.some((node) => fits(demand, node)));
  const open = nodes.filter((node) => demands.some((demand) => fits(demand, node)));
  const usable = total(open);
  const wanted = total(demands.flatMap((demand) => Array.from({ length: demand.copies }, () => demand)));
  const taken = promised ?? total([]);
  const free = {
    cpus: usable.cpus - taken.cpus,
    memoryGiB: usable.memoryGiB - taken.memoryGiB,
    gpus: usable.gpus - taken.gpus,
  };
  const detail = `${shown(wanted)} wanted, ${shown(free)} free on ${open.length} of ${nodes.length} nodes`;
  const enough = wanted.cpus <= free.cpus && wanted.memoryGiB <= free.memoryGiB && wanted.gpus <= free.gpus;
  return [
    ...homeless.map((demand) =>
      bad(
        "stack",
        demand.owner,
        `asks for ${shown(demand)}, and no node that would take it has that much`,
        demand.gpus > 0
          ? "add a node with NVIDIA's GPUs and their device plugin, which makes them known (kubectl describe nodes shows nvidia.com/gpu); or do without them, or run that part elsewhere (keelson:external)"
          : "lower its requests (keelson:kubernetes.requestShare lowers all), or add a larger node",
      ),
    ),
    enough
      ? good("stack", "room", detail)
      : // What others have may go, and nodes may come: an autoscaler's are not there until they are needed.
        doubtful(
          "stack",
          "room",
          detail,
          "add nodes, or lower the requests: keelson:kubernetes.requestShare",
        ),
  ];
}

function shown({ cpus, memoryGiB, gpus }: Size): string {
  const amounts = `${cpus.toFixed(2)} cores and ${memoryGiB.toFixed(1)} GiB`;
  return gpus > 0 ? `${amounts} and ${gpus} GPU${gpus === 1 ? "" : "s"}` : amounts;
}

function judgeData({ orphanedClaims }: PlanFacts): Check[] {
  return orphanedClaims.map((claim) => {
    const [namespace, name] = claim.split("/");
    return bad(
      "stack",
      "data",
      `${claim} is there from a state that is not this one, which has its passwords`,
      `work with that state again (KEELSON_HOME, PULUMI_BACKEND_URL), or delete the data for good: kubectl delete pvc --namespace ${namespace} ${name}`,
    );
  });
}

function judgeImages({ images }: PlanFacts, isOwnCluster: boolean): Check {
  const absent = isOwnCluster ? [] : ownImages(images);
  if (absent.length > 0) return doubtful("stack", "images", `${ABSENT}: ${absent.join(", ")}`, HOW_TO_BRING);
  const how = isOwnCluster
    ? "keelson up brings them to the node"
    : "whether its nodes can pull them shows when they do";
  return good("stack", "images", `${images.length} images; ${how}`);
}
