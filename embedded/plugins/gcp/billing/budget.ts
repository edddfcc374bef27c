import { uuid } from "../../cloud/ids.ts";
import { named } from "../../cloud/names.ts";
import type { Properties } from "../../provider/property.ts";
import { atLeast, oneOf } from "../../provider/validate.ts";
import { deletionPolicy, output } from "../columns.ts";
import { google } from "../google.ts";

const amount = {
  type: {
    object: {
      lastPeriodAmount: { type: "boolean" },
      specifiedAmount: {
        type: {
          object: {
            currencyCode: { type: "string", computed: true },
            nanos: { type: "integer" },
            units: {
              type: "string",
              validate: named({ pattern: /^\d+$/, allowed: "a whole number, as a text" }),
            },
          },
        },
        conflictsWith: ["lastPeriodAmount"],
      },
    },
  },
  required: true,
} as const;

const budgetFilter = {
  type: {
    object: {
      calendarPeriod: { type: "string", validate: oneOf("MONTH", "QUARTER", "YEAR") },
      creditTypesTreatment: {
        type: "string",
        default: "INCLUDE_ALL_CREDITS",
        validate: oneOf("INCLUDE_ALL_CREDITS", "EXCLUDE_ALL_CREDITS", "INCLUDE_SPECIFIED_CREDITS"),
      },
      labels: { type: { map: "string" }, computed: true },
      projects: { type: { set: "string" } },
      services: { type: { list: "string" }, computed: true },
    },
  },
  computed: true,
} as const;

const properties = {
  allUpdatesRule: {
    type: {
      object: {
        disableDefaultIamRecipients: { type: "boolean", default: false },
        enableProjectLevelRecipients: { type: "boolean", default: false },
        monitoringNotificationChannels: { type: { list: "string" } },
        pubsubTopic: { type: "string" },
        schemaVersion: { type: "string", default: "1.0" },
      },
    },
  },
  amount,
  billingAccount: {
    type: "string",
    required: true,
    replaces: true,
    validate: named({
      pattern: /^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$/,
      allowed: "a billing account, as in '012345-6789AB-CDEF01'",
    }),
  },
  budgetFilter,
  deletionPolicy,
  displayName: { type: "string" },
  name: output,
  ownershipScope: { type: "string", validate: oneOf("ALL_USERS", "BILLING_ACCOUNT") },
  thresholdRules: {
    type: {
      list: {
        object: {
          spendBasis: {
            type: "string",
            default: "CURRENT_SPEND",
            validate: oneOf("CURRENT_SPEND", "FORECASTED_SPEND"),
          },
          thresholdPercent: { type: "number", required: true, validate: atLeast(0) },
        },
      },
    },
  },
} as const satisfies Properties;

const mostChannels = 5;

/** https://cloud.google.com/billing/docs/how-to/budgets */
export const budget = google({
  type: "budgets",
  schemaVersion: 1,
  api: "billingbudgets.googleapis.com",
  properties,
  references: [
    { at: "allUpdatesRule.monitoringNotificationChannels", to: "notificationChannels", holds: false },
  ],
  pathOf: ({ billingAccount }, _, seed) => `billingAccounts/${billingAccount}/budgets/${uuid(seed)}`,
  judge({ allUpdatesRule: rule, amount: { lastPeriodAmount, specifiedAmount } }) {
    if (!lastPeriodAmount && !specifiedAmount)
      return "amount: give either lastPeriodAmount or specifiedAmount";
    const channels = rule?.monitoringNotificationChannels ?? [];
    if (rule && channels.length === 0 && !rule.pubsubTopic)
      return "allUpdatesRule: give at least one of monitoringNotificationChannels and pubsubTopic";
    return channels.length > mostChannels
      ? `allUpdatesRule.monitoringNotificationChannels: ${channels.length} are too many, at most ${mostChannels} are allowed`
      : undefined;
  },
  outputsOf: (_, { id }) => ({ name: id.slice(id.lastIndexOf("/") + 1) }),
});
