import * as consumption from "@pulumi/azure-native/consumption/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { CloudArgs } from "../cloud-args.ts";
import type { AksContext } from "./context.ts";

/** Shares of a month's sum at which somebody is told: of what was spent, and of what will be. */
const THRESHOLDS = {
  spent: { threshold: 80, thresholdType: "Actual" },
  forecast: { threshold: 100, thresholdType: "Forecasted" },
} as const;

/**
 * Tells somebody by e-mail when a month's cost of the cluster's two resource groups nears a sum.
 *
 * @param nodes - name of the resource group that nodes are in
 */
export function makeBudget(
  { name, subscription, resourceGroup, options }: AksContext,
  { monthlyUsd, email }: NonNullable<CloudArgs["budget"]>,
  nodes: pulumi.Input<string>,
): void {
  const notification = { enabled: true, operator: "GreaterThanOrEqualTo", contactEmails: [email] };
  new consumption.Budget(
    name,
    {
      budgetName: name,
      scope: pulumi.interpolate`/subscriptions/${subscription}`,
      category: "Cost",
      amount: monthlyUsd,
      timeGrain: "Monthly",
      timePeriod: { startDate: firstOfMonth(new Date()) },
      filter: {
        dimensions: {
          name: "ResourceGroupName",
          operator: "In",
          values: [resourceGroup, nodes],
        },
      },
      notifications: {
        spent: { ...notification, ...THRESHOLDS.spent },
        forecast: { ...notification, ...THRESHOLDS.forecast },
      },
    },
    // It begins when it is made, and never moves.
    { ...options, ignoreChanges: ["timePeriod"] },
  );
}

function firstOfMonth(day: Date): string {
  return `${day.toISOString().slice(0, "2026-11".length)}-01T00:00:00Z`;
}
