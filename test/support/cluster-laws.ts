import { expect, it } from "vitest";
import type { ClusterStack } from "./cluster-stack.ts";
import { laws, type Up } from "./laws.ts";

/**
 * What holds for every stack on a cluster while it is up with real pods.
 *
 * @param secrets - how many it has generated, at least
 */
export function lawsOnCluster(up: () => Up<ClusterStack>, secrets: number): void {
  laws(up, secrets);

  it("[G7] is admitted by a namespace that enforces the restricted standard, and nothing is warned about", async () => {
    const { stack, output } = up();
    const { metadata } = await stack.core.readNamespace({ name: stack.namespace });
    expect(metadata!.labels).toMatchObject({ "pod-security.kubernetes.io/enforce": "restricted" });
    expect(output).not.toMatch(/warning/i);
  });
}
