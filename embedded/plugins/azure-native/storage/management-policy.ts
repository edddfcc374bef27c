import { listOf, valuesOf } from "../../provider/bridge/types.ts";
import { atLeast, oneOf } from "../../provider/validate.ts";
import type { Property } from "../../provider/property.ts";
import { isUnknown, type Value, type Values } from "../../provider/value.ts";
import { textsOf } from "../native/given.ts";
import { native } from "../native/native.ts";
import { choice, flag, output, requiredText, requiredChoice, texts } from "../native/properties.ts";

const days = { type: "number", validate: atLeast(0) } as const satisfies Property;
const byModification = {
  type: {
    object: {
      daysAfterModificationGreaterThan: days,
      daysAfterCreationGreaterThan: days,
      daysAfterLastAccessTimeGreaterThan: days,
      daysAfterLastTierChangeGreaterThan: days,
    },
  },
} as const satisfies Property;
const byCreation = {
  type: {
    object: {
      daysAfterCreationGreaterThan: { ...days, required: true },
      daysAfterLastTierChangeGreaterThan: days,
    },
  },
} as const satisfies Property;

function actionsOf(when: typeof byModification | typeof byCreation) {
  const tiers = { tierToCool: when, tierToCold: when, tierToArchive: when, delete: when };
  return { type: { object: tiers } } as const satisfies Property;
}

const rule = {
  name: requiredText,
  type: requiredChoice("Lifecycle"),
  enabled: flag,
  definition: {
    required: true,
    type: {
      object: {
        actions: {
          required: true,
          type: {
            object: {
              baseBlob: actionsOf(byModification),
              snapshot: actionsOf(byCreation),
              version: actionsOf(byCreation),
            },
          },
        },
        filters: {
          type: {
            object: {
              blobTypes: { type: { list: "string" }, required: true, validate: eachBlobType },
              prefixMatch: texts,
            },
          },
        },
      },
    },
  },
} as const;

/** When blobs are moved to cheaper tiers, and deleted: https://learn.microsoft.com/azure/storage/blobs/lifecycle-management-overview */
export const managementPolicy = native({
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Storage/storageAccounts/{accountName}/managementPolicies/{managementPolicyName}",
  apiVersion: "2024-01-01",
  properties: {
    policy: {
      required: true,
      type: { object: { rules: { type: { list: { object: rule } }, required: true } } },
    },
    lastModifiedTime: output,
  },
  validateName: oneOf("default"),
  validate: ({ policy }) => problemsOfNames(valuesOf(policy)),
});

function eachBlobType(value: Value): string | undefined {
  const { validate } = choice("blockBlob", "appendBlob");
  return textsOf(value)
    .filter((each) => !isUnknown(each))
    .map(validate)
    .find((problem) => problem !== undefined);
}

function problemsOfNames({ rules }: Values): readonly string[] {
  const names = listOf(rules).map((each) => JSON.stringify(valuesOf(each)["name"]));
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  return twice.map((name) => `two rules are named ${name}: give each its own name`);
}
