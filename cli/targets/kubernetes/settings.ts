import { z } from "zod";
import type { Stack } from "../../stack.ts";

/** The settings of a stack on Kubernetes that matter to the command line. */
export interface KubernetesSettings {
  /** Path of a kubeconfig file; without it, the one that `kubectl` would use. */
  readonly kubeconfig?: string | undefined;
  /** Which of its contexts is meant; without it, its current one. */
  readonly context?: string | undefined;
}

// What has another shape is left for the program to complain about, which knows the path of every setting.
const schema = z.object({
  kubeconfig: z.string().optional().catch(undefined),
  context: z.string().optional().catch(undefined),
});

/** Reads them from what the stack says of its target. */
export function kubernetesSettings({ targetSettings }: Pick<Stack, "targetSettings">): KubernetesSettings {
  return schema.safeParse(targetSettings).data ?? {};
}
