/** Groups of logs. Source of the facts: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_log_group */
import { named } from "../cloud/names.ts";
import { oneOf } from "../provider/validate.ts";
import type { Value } from "../provider/value.ts";
import { onAws, output, regional, tagged } from "./define.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html; 0 is for ever. */
const RETENTIONS = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export const logGroup = onAws({
  type: "log-groups",
  properties: {
    ...regional,
    ...tagged,
    deletionProtectionEnabled: { type: "boolean", computed: true },
    kmsKeyId: { type: "string" },
    logGroupClass: {
      type: "string",
      computed: true,
      replaces: true,
      validate: oneOf("STANDARD", "INFREQUENT_ACCESS", "DELIVERY"),
    },
    name: {
      type: "string",
      autoName: true,
      computed: true,
      replaces: true,
      validate: named({
        pattern: /^[a-zA-Z0-9_./#-]{1,512}$/,
        allowed: "1 to 512 letters, digits, _, -, /, . and #",
      }),
    },
    retentionInDays: { type: "integer", default: 0, validate: isRetention },
    skipDestroy: { type: "boolean", default: false },
    arn: output,
  },
  references: [{ at: "kmsKeyId", to: "keys", by: "arn", holds: false }],
  idOf: ({ name }) => name,
  outputsOf: (inputs, { id, configuration }) => ({
    arn: configuration.arn("logs", `log-group:${id}`),
    deletionProtectionEnabled: inputs.deletionProtectionEnabled ?? false,
    logGroupClass: inputs.logGroupClass ?? "STANDARD",
  }),
  protected: ({ deletionProtectionEnabled }, { id }) =>
    deletionProtectionEnabled
      ? `ValidationException: the log group '${id}' is protected from deletion: set deletionProtectionEnabled to false first`
      : undefined,
});

function isRetention(value: Value): string | undefined {
  if (typeof value !== "number" || RETENTIONS.includes(value)) return undefined;
  return `expected retention_in_days to be one of ${RETENTIONS.join(", ")}, got ${value}`;
}
