import { Mendable } from "../mendable.ts";
import type { Stack } from "../stack.ts";
import type { TargetKind } from "./target.ts";

/** Every kind of target by the name that a stack gives it. Each is loaded when it is needed: clients of clusters are large. */
const kinds: Readonly<Record<string, () => Promise<TargetKind>>> = {
  docker: async () => (await import("./docker/kind.ts")).docker,
  kubernetes: async () => (await import("./kubernetes/kind.ts")).kubernetes,
  eks: async () => (await import("./clouds/clouds.ts")).eks,
  gke: async () => (await import("./clouds/clouds.ts")).gke,
  aks: async () => (await import("./clouds/clouds.ts")).aks,
};

/**
 * The kind of target that a stack is for.
 *
 * @throws Mendable when there is none of that name
 */
export async function kindOf({ target, file }: Stack): Promise<TargetKind> {
  const found = await loadKind(target);
  if (found) return found;
  throw new Mendable(
    `keelson:target is "${target}" in ${file}, which is no target`,
    `set it to one of: ${Object.keys(kinds).join(", ")}`,
  );
}

/** The kind of target of a name, if there is one. */
export async function loadKind(target: string): Promise<TargetKind | undefined> {
  return Object.hasOwn(kinds, target) ? kinds[target]?.() : undefined;
}
