import type Docker from "dockerode";
import { STACK_LABEL } from "../../../components/targets/docker/host.ts";

/** Names of the volumes that belong to stacks with these prefixes. */
export async function volumesOf(docker: Docker, prefixes: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    prefixes.map((prefix) => docker.listVolumes({ filters: { label: [`${STACK_LABEL}=${prefix}`] } })),
  );
  // Without any the Engine API answers null.
  return found
    .flatMap(({ Volumes }) => Volumes ?? [])
    .map(({ Name }) => Name)
    .toSorted();
}

/** Removes volumes, and all that is on them. */
export async function removeVolumes(docker: Docker, names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => docker.getVolume(name).remove()));
}
