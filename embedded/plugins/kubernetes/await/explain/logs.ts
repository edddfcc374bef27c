import type { V1ContainerStatus, V1Pod } from "@kubernetes/client-node";
import type { Client } from "../../api/client.ts";
import { fullName } from "../facts.ts";
import type { Live } from "../rule.ts";
import { failingContainers } from "./pods.ts";

/** How many of a container's last lines are shown, and how long a line may be. */
const tailLines = 10;
const longestLine = 500;

/** A node that doesn't answer must not hold up the error. */
const patienceMilliseconds = 5000;

/** The last lines of the containers of a pod that ran and are not ready, each under a heading. */
export async function lastLines(client: Client, pod: Live<V1Pod>): Promise<readonly string[]> {
  return Promise.all(failingContainers(pod).map((container) => ofContainer(client, pod, container)));
}

async function ofContainer(
  client: Client,
  pod: Live<V1Pod>,
  container: Live<V1ContainerStatus>,
): Promise<string> {
  const what = `container "${container.name}" in Pod ${fullName(pod)}`;
  try {
    const written = await read(client, pod, container);
    return written === ""
      ? `${what} wrote no log`
      : `last log lines of ${what}:\n${written.split("\n").map(shorten).join("\n")}`;
  } catch (error) {
    return `the log of ${what} can't be read: ${(error as Error).message}`;
  }
}

/** A container that has just been started again has written nothing yet: then the run before tells. */
async function read(
  client: Client,
  { metadata }: Live<V1Pod>,
  { name: container, lastState }: Live<V1ContainerStatus>,
): Promise<string> {
  const signal = AbortSignal.timeout(patienceMilliseconds);
  const pod = { namespace: metadata?.namespace ?? "default", name: metadata?.name ?? "" };
  const written = (await client.logs(pod, { container, tailLines }, { signal })).trimEnd();
  if (written !== "" || !lastState?.terminated) return written;
  return (await client.logs(pod, { container, tailLines, previous: true }, { signal })).trimEnd();
}

function shorten(line: string): string {
  return `    ${line.length > longestLine ? `${line.slice(0, longestLine)}…` : line}`;
}
