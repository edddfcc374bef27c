/** Watched sums. Source of the facts: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/budgets_budget */
import { named } from "../cloud/names.ts";
import type { Properties } from "../provider/property.ts";
import { atLeast, matches, oneOf } from "../provider/validate.ts";
import { onAws, output, tagged } from "./define.ts";

const BEGINNING = "1970-01-01_00:00";
const END = "2087-06-15_00:00";

const properties = {
  ...tagged,
  accountId: { type: "string", computed: true, replaces: true },
  budgetType: {
    type: "string",
    required: true,
    validate: oneOf(
      "USAGE",
      "COST",
      "RI_UTILIZATION",
      "RI_COVERAGE",
      "SAVINGS_PLANS_UTILIZATION",
      "SAVINGS_PLANS_COVERAGE",
    ),
  },
  limitAmount: { type: "string", computed: true, validate: matches(/^\d+(\.\d+)?$/) },
  limitUnit: { type: "string", computed: true },
  name: {
    type: "string",
    autoName: true,
    computed: true,
    replaces: true,
    validate: named({ pattern: /^[^:\\]{1,100}$/, allowed: "1 to 100 characters without : and \\" }),
  },
  notifications: {
    type: {
      set: {
        object: {
          comparisonOperator: {
            type: "string",
            required: true,
            validate: oneOf("GREATER_THAN", "LESS_THAN", "EQUAL_TO"),
          },
          notificationType: { type: "string", required: true, validate: oneOf("ACTUAL", "FORECASTED") },
          subscriberEmailAddresses: { type: { set: "string" } },
          subscriberSnsTopicArns: { type: { set: "string" } },
          threshold: { type: "number", required: true, validate: atLeast(0) },
          thresholdType: {
            type: "string",
            required: true,
            validate: oneOf("PERCENTAGE", "ABSOLUTE_VALUE"),
          },
        },
      },
    },
  },
  timePeriodEnd: { type: "string", default: END },
  timePeriodStart: { type: "string", computed: true },
  timeUnit: {
    type: "string",
    required: true,
    validate: oneOf("DAILY", "MONTHLY", "QUARTERLY", "ANNUALLY"),
  },
  arn: output,
} as const satisfies Properties;

export const budget = onAws({
  type: "budgets",
  properties,
  judge: ({ notifications }) =>
    notifications?.some((each) => subscribersOf(each) === 0)
      ? "InvalidParameterException: a notification has no subscriber: give subscriberEmailAddresses or subscriberSnsTopicArns"
      : undefined,
  idOf: ({ name }, { configuration }) => `${configuration.accountId}:${name}`,
  outputsOf: (inputs, { configuration: { accountId } }) => ({
    accountId: inputs.accountId ?? accountId,
    limitAmount: inputs.limitAmount ?? null,
    limitUnit: inputs.limitUnit ?? null,
    timePeriodStart: inputs.timePeriodStart ?? BEGINNING,
    arn: `arn:aws:budgets::${accountId}:budget/${inputs.name}`,
  }),
});

function subscribersOf(notification: {
  readonly subscriberEmailAddresses?: readonly string[];
  readonly subscriberSnsTopicArns?: readonly string[];
}): number {
  const { subscriberEmailAddresses, subscriberSnsTopicArns } = notification;
  return (subscriberEmailAddresses?.length ?? 0) + (subscriberSnsTopicArns?.length ?? 0);
}
