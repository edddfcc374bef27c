import type { Stack } from "../../stack.ts";
import { missingDocker } from "../docker/kind.ts";
import type { Place, TargetKind } from "../target.ts";
import type { Report } from "../../session.ts";
import { connectCluster } from "./connect.ts";
import { chooseKubeconfig } from "./kubeconfig.ts";
import { contexts } from "./offers.ts";
import { kubernetesPlace } from "./place.ts";
import { kubernetesSettings } from "./settings.ts";

/** Kubernetes clusters: any whose kubeconfig is there. */
export const kubernetes: TargetKind = {
  title: "Kubernetes",
  // Docker makes the images for keelson's own cluster; others pull theirs.
  missingSetup: async (stack) => (kubeconfigOf(stack).isOwnCluster ? missingDocker(undefined) : undefined),
  connect,
  offers: contexts,
};

async function connect(stack: Stack, report: Report): Promise<Place> {
  const chosen = kubeconfigOf(stack);
  // Nobody has named it.
  if (Object.keys(chosen.environment).length > 0) report(`Kubernetes: ${chosen.source}`);
  return kubernetesPlace(await connectCluster(chosen), chosen);
}

function kubeconfigOf(stack: Stack) {
  return chooseKubeconfig(kubernetesSettings(stack), {
    folder: stack.project.folder,
    environment: process.env,
  });
}
