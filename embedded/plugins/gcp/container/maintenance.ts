import type { Property } from "../../provider/property.ts";
import { oneOf } from "../../provider/validate.ts";
import type { Value } from "../../provider/value.ts";

const time = { type: "string", required: true, validate: aTime } as const satisfies Property;

/** When a cluster may be upgraded: https://cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions */
export const maintenancePolicy = {
  type: {
    object: {
      dailyMaintenanceWindow: {
        type: {
          object: {
            duration: { type: "string", output: true },
            startTime: { type: "string", required: true, validate: anHour },
          },
        },
        conflictsWith: ["recurringWindow"],
      },
      maintenanceExclusions: {
        type: {
          set: {
            object: {
              endTime: { type: "string", validate: aTime },
              exclusionName: { type: "string", required: true },
              exclusionOptions: {
                type: {
                  object: {
                    scope: {
                      type: "string",
                      required: true,
                      validate: oneOf("NO_UPGRADES", "NO_MINOR_UPGRADES", "NO_MINOR_OR_NODE_UPGRADES"),
                    },
                  },
                },
              },
              startTime: time,
            },
          },
        },
      },
      recurringWindow: {
        type: {
          object: {
            endTime: time,
            recurrence: { type: "string", required: true, validate: aRecurrence },
            startTime: time,
          },
        },
      },
    },
  },
} as const satisfies Property;

function aTime(value: Value): string | undefined {
  return typeof value === "string" &&
    !(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value) && Date.parse(value))
    ? `'${value}' is no time: give it as in RFC 3339, '2026-01-03T02:00:00Z'`
    : undefined;
}

function anHour(value: Value): string | undefined {
  return typeof value === "string" && !/^([01]\d|2[0-3]):[0-5]\d$/.test(value)
    ? `'${value}' is no time of the day: give it as in '03:00'`
    : undefined;
}

/**
 * RFC 5545, 3.3.10, without what comes again within a day:
 * https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/MaintenancePolicy#recurringtimewindow
 */
function aRecurrence(value: Value): string | undefined {
  return typeof value === "string" &&
    !/^(RRULE:)?FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;[A-Z]+=[A-Z0-9,+-]+)*$/.test(value)
    ? `'${value}' is no recurrence: give it as in RFC 5545, 'FREQ=WEEKLY;BYDAY=SA,SU'; nothing more often than daily`
    : undefined;
}
