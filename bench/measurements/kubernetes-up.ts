import * as path from "node:path";
import { manifests } from "../../cli/export/manifests.ts";
import { writeExport } from "../../cli/export/write.ts";
import { decryptedResources } from "../../cli/resources.ts";
import { type BenchCluster, openCluster } from "../support/cluster.ts";
import { type Report, type Row, seconds, times } from "../support/row.ts";
import {
  closeWorkshop,
  makeStack,
  openWorkshop,
  type Stack,
  TimeLimitError,
  type Workshop,
} from "../support/stack.ts";

/**
 * Numbers of services, and how often the engine writes the state: before and after each resource, as it usually does, or once
 * at the end. A state that is one file is written as a whole each time, which takes longer than all else where there is much of it.
 */
const SIZES = [
  { services: 10, state: "usual" },
  { services: 100, state: "usual" },
  { services: 100, state: "once" },
  { services: 500, state: "once" },
] as const;

/** What tells the engine how often to write the state. */
const STATE_WRITES = {
  usual: {},
  once: { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" },
} as const;

type Size = (typeof SIZES)[number];

/** Where a bench leaves things on a cluster, apart from all else. */
const PREFIX = "bench";

/**
 * How long `up` takes on simulated nodes by the number of services, beside `kubectl apply` of the same objects and waiting
 * until all of them are available: what is left is the price of an order, of a state and of telling what happens.
 */
export async function kubernetesUp(report: Report): Promise<readonly Row[]> {
  const cluster = await openCluster(report);
  const workshop = await openWorkshop(report);
  try {
    const rows: Row[] = [];
    for (const size of SIZES) {
      const { row, isOverLimit } = await measure(size, cluster, workshop, report);
      // The next one takes longer than all before it together.
      report(`${row.what}: ${row.measured}; ${row.compared}`);
      rows.push(row);
      if (isOverLimit) break;
    }
    return rows;
  } finally {
    closeWorkshop(workshop);
    await cluster.close();
  }
}

async function measure(size: Size, cluster: BenchCluster, workshop: Workshop, report: Report) {
  const { services, state } = size;
  const [own, plain] = ["up", "apply"].map((way) => `${PREFIX}-${way}-${services}-${state}`) as [
    string,
    string,
  ];
  const stack = await makeStack(workshop, own, "simulated", {
    BENCH_SERVICES: `${services}`,
    BENCH_NAMESPACE: own,
    KUBECONFIG: cluster.kubeconfig,
    ...STATE_WRITES[state],
  });
  try {
    report(`bringing ${services} services up on simulated nodes`);
    const up = await timed(() => stack.run("up", "--yes", "--skip-preview"));
    const folder = path.join(workshop.folder, plain);
    const objects = await exported(stack, folder, plain);
    report("applying the same by kubectl");
    const apply = await timed(() => applied(cluster, folder, plain));
    return { row: rowOf(size, objects, up, apply), isOverLimit: false };
  } catch (error) {
    if (!(error instanceof TimeLimitError)) throw error;
    return { row: overLimit(size, error), isOverLimit: true };
  } finally {
    report("deleting both");
    await cluster.kubectl("delete", "namespace", own, plain, "--ignore-not-found");
  }
}

/** Writes the manifests of a stack, and counts them. */
async function exported(stack: Stack, folder: string, namespace: string): Promise<number> {
  const read = (args: readonly string[]) => stack.run(args.join(" "));
  const files = manifests.files(await decryptedResources({ read }), { namespace });
  await writeExport(folder, files, manifests);
  return files.reduce((count, { content }) => count + content.split("---\n").length, 0);
}

async function applied(cluster: BenchCluster, folder: string, namespace: string): Promise<void> {
  await cluster.kubectl("apply", "-f", folder);
  const all = ["--namespace", namespace, "--timeout=600s", "--all"];
  await cluster.kubectl("wait", "deployment", "--for=condition=Available", ...all);
  await cluster.kubectl("wait", "statefulset", "--for=jsonpath={.status.readyReplicas}=1", ...all);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

function rowOf(size: Size, objects: number, up: number, apply: number): Row {
  return {
    what: `${titleOf(size)}, ${objects} objects`,
    measured: `${seconds(up)}; ${((up / objects) * 1000).toFixed(0)} ms an object`,
    compared: `${times(up / apply)} kubectl apply of the same and kubectl wait, ${seconds(apply)}`,
    aim: "–",
  };
}

function overLimit(size: Size, { message }: Error): Row {
  return { what: titleOf(size), measured: message, compared: "–", aim: "–" };
}

function titleOf({ services, state }: Size): string {
  const written = state === "once" ? ", the state written once" : "";
  return `up of ${services} services on simulated nodes${written}`;
}
