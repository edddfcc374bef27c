import { setTimeout as wait } from "node:timers/promises";
import type Docker from "dockerode";
import { STACK_LABEL, SERVICE_LABEL } from "../../components/targets/docker/host.ts";
import { median } from "./samples.ts";

/** What the kernel counts of a container's memory, as Docker tells it. */
export type MemoryStats = Pick<Docker.ContainerStats["memory_stats"], "usage" | "stats">;

/** A container of a stack, and what it holds. */
export interface ContainerMemory {
  readonly service: string;
  readonly image: string;
  readonly bytes: number;
}

/**
 * Memory that a container can't do without: less what of files is kept only as long as nobody needs the room, as `docker stats`
 * counts it (https://docs.docker.com/reference/cli/docker/container/stats/).
 */
export function heldBytes({ usage, stats }: MemoryStats): number {
  // The first is the kernel's name in version 2 of control groups, the second in version 1.
  return usage - (stats.inactive_file ?? stats.total_inactive_file ?? 0);
}

/** What each container of a stack holds: the median of several looks, one after the other. */
export async function memoryOf(
  docker: Docker,
  stack: string,
  { looks, pauseSeconds }: { readonly looks: number; readonly pauseSeconds: number },
): Promise<readonly ContainerMemory[]> {
  const listed = await docker.listContainers({ filters: { label: [`${STACK_LABEL}=${stack}`] } });
  const samples = new Map<string, number[]>(listed.map(({ Id }) => [Id, []]));
  for (let look = 0; look < looks; look++) {
    await wait(pauseSeconds * 1000);
    for (const [id, bytes] of samples) {
      const { memory_stats: memory } = await docker
        .getContainer(id)
        .stats({ stream: false, "one-shot": true });
      bytes.push(heldBytes(memory));
    }
  }
  return listed.map(({ Id, Image, Labels }) => ({
    service: Labels[SERVICE_LABEL] ?? Id,
    image: Image,
    bytes: median(samples.get(Id)!),
  }));
}
