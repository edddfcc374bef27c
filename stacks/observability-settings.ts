import { z } from "zod";
import { anyText, flag, secret, structured, whole } from "./settings.ts";

const ratio = "a number above 0, 1 at most";

const logs = z
  .strictObject(
    {
      index: z
        .string({ error: "small letters, digits and dashes, 64 at most" })
        .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: "small letters, digits and dashes, 64 at most" })
        .optional()
        .describe("what the names of the indices begin with; the platform's if it is left out"),
      storageGiB: whole(1, 65536)
        .optional()
        .describe("room for logs in GiB, where their server is the stack's; 20 if it is left out"),
      external: z
        .strictObject(
          {
            url: z
              .string({ error: "https://host:port, or http://" })
              .regex(/^https?:\/\/[^\s@]+$/, {
                error: "https://host:port, or http://; users and passwords stand by themselves",
              })
              .describe("address, as https://host:9200"),
            admin: z
              .strictObject(
                { user: anyText.describe("user to log in as"), password: secret().describe("its password") },
                { error: "{ user, password }" },
              )
              .describe("who may make users and indices there"),
          },
          { error: "{ url, admin }" },
        )
        .optional()
        .describe("an Elasticsearch server that somebody else runs"),
    },
    { error: "true, false or { index, storageGiB, external }" },
  )
  .optional();

/** What a stack may say of it. */
export const observabilityShape = {
  traces: flag.optional().describe("are requests traced? They are if it is left out"),
  samplingRatio: z
    .number({ error: ratio })
    .gt(0, { error: ratio })
    .max(1, { error: ratio })
    .optional()
    .describe("share of the requests that is traced; 0.1 if it is left out"),
  logs: switched(logs).optional().describe("logs in Elasticsearch, too; no if it is left out"),
  storageGiB: whole(1, 65536).optional().describe("room for metrics in GiB; 10 if it is left out"),
  retentionDays: whole(1, 3650).optional().describe("days for which metrics are kept; 15 if it is left out"),
  downSeconds: whole(0, 3600)
    .optional()
    .describe("seconds for which a service is away before somebody is alerted; 60 if it is left out"),
};

const settings = z
  .strictObject(observabilityShape, {
    error: "true, false or { traces, samplingRatio, logs, storageGiB, retentionDays, downSeconds }",
  })
  .optional();

/** How a stack's platform is observed: `true`, or more about it. */
export const observability = structured(switched(settings))
  .optional()
  .describe("Prometheus and Grafana, with traces of requests; none if it is left out");

/** What is on with all its defaults by `true`, and left out by `false`. */
function switched<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (value === true ? {} : value === false ? undefined : value), schema);
}
