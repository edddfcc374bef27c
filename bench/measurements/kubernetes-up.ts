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

/** Numbers of services. Each is done once: the largest takes minutes. */
const SIZES = [10, 100, 500] as const;

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
    for (const services of SIZES) {
      const { row, isOverLimit } = await measure(services, cluster, workshop, report);
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

async function measure(services: number, cluster: BenchCluster, workshop: Workshop, report: Report) {
  const [own, plain] = [`${PREFIX}-up-${services}`, `${PREFIX}-apply-${services}`];
  const stack = await makeStack(workshop, own, "simulated", {
    BENCH_SERVICES: `${services}`,
    BENCH_NAMESPACE: own,
    KUBECONFIG: cluster.kubeconfig,
  });
  try {
    report(`bringing ${services} services up on simulated nodes`);
    const up = await timed(() => stack.run("up", "--yes", "--skip-preview"));
    const folder = path.join(workshop.folder, plain);
    const objects = await exported(stack, folder, plain);
    report("applying the same by kubectl");
    const apply = await timed(() => applied(cluster, folder, plain));
    return { row: rowOf(services, objects, up, apply), isOverLimit: false };
  } catch (error) {
    if (!(error instanceof TimeLimitError)) throw error;
    return { row: overLimit(services, error), isOverLimit: true };
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

function rowOf(services: number, objects: number, up: number, apply: number): Row {
  return {
    what: `up of ${services} services on simulated nodes, ${objects} objects`,
    measured: `${seconds(up)}; ${((up / objects) * 1000).toFixed(0)} ms an object`,
    compared: `${times(up / apply)} kubectl apply of the same and kubectl wait, ${seconds(apply)}`,
    aim: "–",
  };
}

function overLimit(services: number, { message }: Error): Row {
  return {
    what: `up of ${services} services on simulated nodes`,
    measured: message,
    compared: "–",
    aim: "–",
  };
}
