import { execa } from "execa";
import { type ClusterContext, paths } from "../context.ts";
import type { ControlPlanePrograms } from "./programs.ts";

/**
 * Runs kubectl as the administrator, and answers what it writes.
 *
 * @param input what it reads from its standard input
 * @throws Error with what kubectl complains of
 */
export async function kubectl(
  context: Pick<ClusterContext, "home">,
  programs: Pick<ControlPlanePrograms, "kubectl">,
  args: readonly string[],
  input = "",
): Promise<string> {
  const { stdout, stderr, failed, originalMessage } = await execa(
    programs.kubectl,
    [`--kubeconfig=${paths(context).kubeconfig}`, ...args],
    { input, reject: false },
  );
  if (failed) throw new Error(`kubectl ${args[0]} failed: ${stderr || originalMessage}`);
  return stdout;
}

/**
 * The API server checks objects anyway. To have unknown fields refused, kubectl first reads the schema of all resources, which the API server
 * makes anew after each definition of a custom one.
 */
export const unvalidated = "--validate=false";

/** Brings objects to what a document of YAML or JSON says, by server-side apply. */
export async function apply(
  context: Pick<ClusterContext, "home">,
  programs: Pick<ControlPlanePrograms, "kubectl">,
  document: string,
): Promise<void> {
  const args = ["apply", "--server-side", "--force-conflicts", unvalidated, "--filename=-"];
  await kubectl(context, programs, args, document);
}
