import type { EntryService } from "../add-ons/index.ts";

/**
 * Has the controller of the control plane answer the entry's Service with a Network Load Balancer in the public subnets. It hands
 * connections to nodes in all zones, since not every zone has a copy of the entry.
 * https://cloud-provider-aws.sigs.k8s.io/service_controller/
 */
export function entryService(tags: Readonly<Record<string, string>>): EntryService {
  const annotation = (name: string) => `service.beta.kubernetes.io/aws-load-balancer-${name}`;
  const list = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  return {
    annotations: {
      [annotation("type")]: "nlb",
      [annotation("cross-zone-load-balancing-enabled")]: "true",
      [annotation("additional-resource-tags")]: list.join(","),
    },
  };
}
