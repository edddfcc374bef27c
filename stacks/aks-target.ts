import { z } from "zod";
import { loaded } from "../components/clusters/loaded.ts";
import { cloudTarget } from "./cloud-target.ts";
import { anyText, flag, oneOf, whole } from "./settings.ts";

/** A cluster on Azure. */
export const aks = cloudTarget(
  {
    region: anyText.describe("region with availability zones, as eastus2"),
    subscription: z
      .guid({ error: "the id of a subscription" })
      .optional()
      .describe("id of the subscription; the signed-in account's if it is left out"),
    zones: z
      .array(oneOf(["1", "2", "3"]))
      .optional()
      .describe("availability zones; all three if it is left out"),
    administrators: z
      .array(z.guid({ error: "an object id of Entra ID" }))
      .min(1)
      .optional()
      .describe("who may do everything, by object ids of Entra ID; who brings it up if it is left out"),
    login: oneOf(["azurecli", "azd", "msi", "spn", "workloadidentity"])
      .optional()
      .describe("how kubelogin signs in; azurecli if it is left out"),
    maintenance: z
      .strictObject({
        day: oneOf(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]).describe(
          "day of the week",
        ),
        hour: whole(0, 23).describe("hour of the day, in UTC"),
      })
      .optional()
      .describe("when upgrades may begin; Sundays at 02:00 UTC if it is left out"),
    hostEncryption: flag.optional().describe("are nodes' own disks encrypted too? true if it is left out"),
    existing: z
      .union(
        [
          z.strictObject({
            nodes: anyText.describe("id of a subnet for nodes"),
            apiServer: anyText.describe("id of a subnet for the API server"),
            outbound: oneOf(["userAssignedNATGateway", "userDefinedRouting"])
              .optional()
              .describe("how nodes reach the internet; userAssignedNATGateway if it is left out"),
          }),
          z.strictObject({
            cluster: anyText.describe("name of a cluster"),
            resourceGroup: anyText.describe("its resource group"),
          }),
        ],
        { error: "{ nodes, apiServer } or { cluster, resourceGroup }" },
      )
      .optional()
      .describe("a network, or a cluster, that is there already"),
  },
  async () => (await loaded("@pulumi/azure-native", () => import("../components/clusters/aks.ts"))).Aks,
);
