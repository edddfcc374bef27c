import * as budgets from "@pulumi/aws/budgets/index.js";
import type { CloudArgs } from "../cloud-args.ts";
import type { EksScope } from "./scope.ts";

/** When somebody is told: at four fifths of the sum, and when the month is forecast to end above it. */
const NOTICES = [
  { notificationType: "ACTUAL", threshold: 80 },
  { notificationType: "FORECASTED", threshold: 100 },
];

/** Has AWS write an e-mail when the account's bill nears a sum; AWS can tell bills by tags only once an organization allows it. */
export function makeBudget(budget: NonNullable<CloudArgs["budget"]>, scope: EksScope): void {
  new budgets.Budget(
    scope.name,
    {
      budgetType: "COST",
      timeUnit: "MONTHLY",
      limitAmount: String(budget.monthlyUsd),
      limitUnit: "USD",
      notifications: NOTICES.map((notice) => ({
        ...notice,
        comparisonOperator: "GREATER_THAN",
        thresholdType: "PERCENTAGE",
        subscriberEmailAddresses: [budget.email],
      })),
    },
    scope.options(),
  );
}
