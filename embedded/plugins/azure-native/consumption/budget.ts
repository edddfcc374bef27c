import { named } from "../../cloud/names.ts";
import { valuesOf } from "../../provider/bridge/types.ts";
import { between } from "../../provider/validate.ts";
import { isUnknown, type Values } from "../../provider/value.ts";
import { textOf } from "../native/given.ts";
import { native } from "../native/native.ts";
import { choice, requiredChoice, requiredFlag, requiredText, text, texts } from "../native/properties.ts";

const comparison = {
  name: requiredText,
  operator: requiredChoice("In"),
  values: { type: { list: "string" }, required: true },
} as const;
const one = { dimensions: { type: { object: comparison } }, tags: { type: { object: comparison } } } as const;

const notification = {
  enabled: requiredFlag,
  operator: requiredChoice("EqualTo", "GreaterThan", "GreaterThanOrEqualTo"),
  // In per cent of the amount.
  threshold: { type: "number", required: true, validate: between(0, 1000) },
  thresholdType: choice("Actual", "Forecasted"),
  contactEmails: { type: { list: "string" }, required: true },
  contactGroups: texts,
  contactRoles: texts,
  locale: text,
} as const;

const mostNotifications = 5;

/** Tells somebody when a cost nears a sum: https://learn.microsoft.com/azure/cost-management-billing/costs/tutorial-acm-create-budgets */
export const budget = native({
  path: "{scope}/providers/Microsoft.Consumption/budgets/{budgetName}",
  apiVersion: "2024-08-01",
  properties: {
    amount: { type: "number", required: true, validate: between(0.01, Number.MAX_SAFE_INTEGER) },
    category: requiredChoice("Cost"),
    timeGrain: requiredChoice(
      "Monthly",
      "Quarterly",
      "Annually",
      "BillingMonth",
      "BillingQuarter",
      "BillingAnnual",
    ),
    timePeriod: {
      required: true,
      type: { object: { startDate: requiredText, endDate: text } },
    },
    filter: { type: { object: { ...one, and: { type: { list: { object: one } } } } } },
    notifications: { type: { map: { object: notification } } },
  },
  validateName: named({ pattern: /^[A-Za-z0-9_-]{1,63}$/, allowed: "1 to 63 letters, digits, _ and -" }),
  validate: (inputs) => [...problemsOfPeriod(inputs), ...problemsOfNotifications(inputs)],
});

function problemsOfPeriod({ timePeriod }: Values): readonly string[] {
  const { startDate, endDate } = valuesOf(timePeriod);
  if (isUnknown(timePeriod) || isUnknown(startDate)) return [];
  const start = new Date(textOf(startDate));
  const isFirst = start.getUTCDate() === 1;
  const ends = textOf(endDate) !== "" && !isUnknown(endDate) && new Date(textOf(endDate)) <= start;
  return [
    ...(isFirst ? [] : [`'timePeriod.startDate': '${textOf(startDate)}' is not the first day of a month`]),
    ...(ends ? ["'timePeriod.endDate' is not after 'timePeriod.startDate'"] : []),
  ];
}

function problemsOfNotifications({ notifications }: Values): readonly string[] {
  const count = Object.keys(valuesOf(notifications)).length;
  return count > mostNotifications
    ? [`a budget can have up to ${mostNotifications} notifications, and ${count} are given`]
    : [];
}
