import type { Workload } from "../../model/workload.ts";

/** Label of a container that says what it needs of the kernel, as JSON: the host alone can give that. */
export const KERNEL_LABEL = "keelson.kernel";

/** The label that says what a workload needs of the kernel; none where it needs nothing. */
export function kernelLabel({ kernel = {} }: Pick<Workload, "kernel">): Readonly<Record<string, string>> {
  return Object.keys(kernel).length > 0 ? { [KERNEL_LABEL]: JSON.stringify(kernel) } : {};
}
