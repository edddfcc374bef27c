import * as containerservice from "@pulumi/azure-native/containerservice/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AksArgs } from "./aks-args.ts";
import type { AksContext } from "./context.ts";

/** Names that AKS knows its two windows by: https://learn.microsoft.com/azure/aks/planned-maintenance */
const WINDOWS = {
  kubernetes: "aksManagedAutoUpgradeSchedule",
  "node-images": "aksManagedNodeOSUpgradeSchedule",
} as const;

const SUNDAY_NIGHT = { day: "Sunday", hour: 2 } as const;

/** Has upgrades begin in the maintenance window alone. */
export function scheduleUpgrades(
  { name, resourceGroup, options }: AksContext,
  cluster: pulumi.Input<string>,
  { day, hour }: NonNullable<AksArgs["maintenance"]> = SUNDAY_NIGHT,
): containerservice.MaintenanceConfiguration[] {
  return Object.entries(WINDOWS).map(
    ([upgrade, configName]) =>
      new containerservice.MaintenanceConfiguration(
        `${name}-${upgrade}`,
        {
          configName,
          resourceName: cluster,
          resourceGroupName: resourceGroup,
          maintenanceWindow: {
            schedule: { weekly: { dayOfWeek: day, intervalWeeks: 1 } },
            startTime: `${String(hour).padStart(2, "0")}:00`,
            utcOffset: "+00:00",
            durationHours: 4,
          },
        },
        options,
      ),
  );
}
