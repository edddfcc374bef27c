import * as billing from "@pulumi/gcp/billing/index.js";
import * as monitoring from "@pulumi/gcp/monitoring/index.js";
import type { CloudArgs } from "../cloud-args.ts";
import type { GkeScope } from "./scope.ts";

/** Parts of the sum at which somebody is told, of what was spent. */
const SPENT = [0.5, 0.8, 1];

/** Has somebody told by e-mail when the project's bill of a month nears a sum; also when it is forecast to reach it. */
export function makeBudget(
  { name, project, projectNumber, billingAccount, labels, options }: GkeScope,
  { monthlyUsd, email }: NonNullable<CloudArgs["budget"]>,
): void {
  const channel = new monitoring.NotificationChannel(
    `${name}-budget`,
    {
      project,
      type: "email",
      displayName: `Budget of the cluster ${name}`,
      labels: { email_address: email },
      userLabels: labels,
    },
    options(),
  );
  new billing.Budget(
    `${name}-budget`,
    {
      billingAccount,
      displayName: name,
      amount: { specifiedAmount: { currencyCode: "USD", units: String(monthlyUsd) } },
      budgetFilter: {
        projects: [projectNumber.apply((number) => `projects/${number}`)],
        calendarPeriod: "MONTH",
      },
      thresholdRules: [
        ...SPENT.map((thresholdPercent) => ({ thresholdPercent, spendBasis: "CURRENT_SPEND" })),
        { thresholdPercent: 1, spendBasis: "FORECASTED_SPEND" },
      ],
      allUpdatesRule: { monitoringNotificationChannels: [channel.id], disableDefaultIamRecipients: true },
    },
    options(),
  );
}
