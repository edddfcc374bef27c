import type { Cloud, CloudConfiguration } from "../cloud/cloud.ts";
import { MachineCluster } from "../cloud/local-cluster.ts";
import { CloudStore } from "../cloud/store.ts";
import type { Values } from "../provider/value.ts";
import { textOf } from "./native/given.ts";
import { idOf } from "./native/identity.ts";
import { notFound } from "./native/arm.ts";

/** What an account on Azure is, and where its resources are kept. */
export interface Azure extends CloudConfiguration {
  readonly subscriptionId: string;
  readonly tenantId: string;
  /** The application that the account is signed in with. */
  readonly clientId: string;
  /** The account itself, as Entra ID knows it. */
  readonly objectId: string;
  /** Where resources are whose location the program leaves out. */
  readonly location: string | undefined;
}

/** How Azure refuses what cannot be. */
const azureCloud: Cloud = {
  title: "Azure",
  name: "azure-native",
  refusals: {
    notFound,
    exists: (_, id) => `cannot create already existing resource '${id}'`,
    inUse: (_, id, users) =>
      `InUseResourceCannotBeDeleted: ${id} is in use by ${users.map(idOf).join(", ")}; delete that first`,
  },
};

/** What the account is where neither the provider nor the environment says it: ids that nobody has. */
const nobody = {
  subscriptionId: "00000000-0000-0000-0000-000000000000",
  tenantId: "00000000-0000-0000-0000-000000000001",
  clientId: "00000000-0000-0000-0000-000000000002",
  objectId: "00000000-0000-0000-0000-000000000003",
} as const;

/** What is in the world beside the account. */
type Surroundings = Pick<Azure, "store" | "localCluster">;

/**
 * The account as the provider's settings and the environment say it, as for the official plugin; nobody signs in:
 * https://www.pulumi.com/registry/packages/azure-native/installation-configuration/
 */
export function azureOf(
  settings: Values,
  surroundings: Surroundings = { store: new CloudStore("azure-native"), localCluster: new MachineCluster() },
): Azure {
  const { ARM_SUBSCRIPTION_ID, ARM_TENANT_ID, ARM_CLIENT_ID, ARM_LOCATION_NAME } = process.env;
  const setting = (name: string): string | undefined => textOf(settings[name]) || undefined;
  return {
    cloud: azureCloud,
    ...surroundings,
    subscriptionId: setting("subscriptionId") ?? ARM_SUBSCRIPTION_ID ?? nobody.subscriptionId,
    tenantId: setting("tenantId") ?? ARM_TENANT_ID ?? nobody.tenantId,
    clientId: setting("clientId") ?? ARM_CLIENT_ID ?? nobody.clientId,
    objectId: nobody.objectId,
    location: setting("location") ?? ARM_LOCATION_NAME,
  };
}
