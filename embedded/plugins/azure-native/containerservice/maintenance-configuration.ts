import { valuesOf } from "../../provider/bridge/types.ts";
import { between, matches, oneOf } from "../../provider/validate.ts";
import type { Property } from "../../provider/property.ts";
import type { Values } from "../../provider/value.ts";
import { isGiven } from "../native/given.ts";
import { native } from "../native/native.ts";
import { requiredChoice, requiredText, text } from "../native/properties.ts";

const dayOfWeek = requiredChoice(
  "Sunday",
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
);

function every(least: number, most: number) {
  return { type: "integer", required: true, validate: between(least, most) } as const satisfies Property;
}

const schedule = {
  daily: { type: { object: { intervalDays: every(1, 7) } } },
  weekly: { type: { object: { intervalWeeks: every(1, 4), dayOfWeek } } },
  absoluteMonthly: { type: { object: { intervalMonths: every(1, 6), dayOfMonth: every(1, 31) } } },
  relativeMonthly: {
    type: {
      object: {
        intervalMonths: every(1, 6),
        weekIndex: requiredChoice("First", "Second", "Third", "Fourth", "Last"),
        dayOfWeek,
      },
    },
  },
} as const;

/** When AKS may upgrade a cluster and its nodes: https://learn.microsoft.com/azure/aks/planned-maintenance */
export const maintenanceConfiguration = native({
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ContainerService/managedClusters/{resourceName}/maintenanceConfigurations/{configName}",
  apiVersion: "2025-09-01",
  properties: {
    maintenanceWindow: {
      required: true,
      type: {
        object: {
          durationHours: every(4, 24),
          schedule: { type: { object: schedule }, required: true },
          startDate: text,
          startTime: { type: "string", required: true, validate: matches(/^(?:[01]\d|2[0-3]):[0-5]\d$/) },
          utcOffset: { type: "string", validate: matches(/^[+-]\d{2}:\d{2}$/) },
          notAllowedDates: { type: { list: { object: { start: requiredText, end: requiredText } } } },
        },
      },
    },
  },
  validateName: oneOf("aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule"),
  validate: oneSchedule,
});

function oneSchedule({ maintenanceWindow }: Values): readonly string[] {
  const given = valuesOf(valuesOf(maintenanceWindow)["schedule"]);
  const names = Object.keys(schedule);
  return names.filter((name) => isGiven(given[name])).length === 1
    ? []
    : [`'maintenanceWindow.schedule' must have exactly one of ${names.join(", ")}`];
}
