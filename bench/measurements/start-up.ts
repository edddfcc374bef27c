import { longestPath, type Task } from "../support/longest-path.ts";
import { type Operation, operationsOf } from "../support/operations.ts";
import { type Report, type Row, seconds, times } from "../support/row.ts";
import type { Stack, State } from "../support/stack.ts";

/** How long the first `up` of the platform takes, and how long its longest chain of things that wait for each other takes alone. */
export async function startUp(platform: Stack, report: Report): Promise<readonly Row[]> {
  report("bringing the platform up");
  const start = performance.now();
  const operations = await operationsOf(platform.start("up", "--yes", "--skip-preview", "--json"));
  const all = (performance.now() - start) / 1000;
  const { seconds: path, names } = longestPath(tasksOf(operations, await platform.state()));
  const first = Math.min(...operations.map(({ begun }) => begun));
  report(`longest path: ${names.map((urn) => urn.slice(urn.lastIndexOf("::") + 2)).join(" → ")}`);
  return [
    {
      what: `up of the platform, ${operations.length} resources`,
      measured: `${seconds(all)}; ${seconds(first)} until the first resource`,
      compared: `${times(all / path)} the longest path in its graph, ${seconds(path)} in ${names.length} steps`,
      aim: "below 1.15 ×",
    },
  ];
}

/** What the engine did, as tasks that wait for what their resources depend on. Components take no time of their own. */
function tasksOf(operations: readonly Operation[], { deployment }: State): readonly Task[] {
  const resources = new Map(deployment.resources.map((resource) => [resource.urn, resource]));
  return operations.flatMap(({ urn, begun, ended }) => {
    const resource = resources.get(urn);
    if (!resource?.custom) return [];
    const provider = resource.provider?.split("::").slice(0, -1).join("::");
    return {
      name: urn,
      seconds: ended - begun,
      after: [...resource.dependencies, ...(provider ? [provider] : [])],
    };
  });
}
