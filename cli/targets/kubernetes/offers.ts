import { Mendable } from "../../mendable.ts";
import type { Offers } from "../target.ts";
import { chooseKubeconfig } from "./kubeconfig.ts";

/** The contexts of the kubeconfig that `kubectl` would use; the current one is the first. */
export async function contexts(environment: NodeJS.ProcessEnv = process.env): Promise<Offers> {
  try {
    const { config } = chooseKubeconfig({}, { folder: process.cwd(), environment });
    const current = config.getCurrentContext();
    const others = config.getContexts().filter(({ name }) => name !== current);
    const offered = [...config.getContexts().filter(({ name }) => name === current), ...others];
    return { context: offered.map(({ name, cluster }) => ({ value: name, hint: `cluster ${cluster}` })) };
  } catch (error) {
    // Without a kubeconfig there is nothing to offer, which is no reason not to ask.
    if (error instanceof Mendable) return {};
    throw error;
  }
}
