import { z } from "zod";
import {
  configurationBounds,
  modelForm,
  openaiKeyRule,
} from "../components/platforms/orchestration-checks.ts";
import { CONFIGURATION, topicNames } from "../components/platforms/orchestration-configuration.ts";
import { sizes } from "../components/platforms/orchestration-sizes.ts";
import { anyText, flag, oneOf, secret, whole } from "./settings.ts";

type Bounds = typeof configurationBounds;

const MEANINGS: Readonly<Record<keyof Bounds, string>> = {
  timeoutSeconds: "seconds that the server gives a request",
  poolSize: "connections to Neo4j of each process",
  connectionTimeoutMilliseconds: "milliseconds after which a connection to Neo4j has failed",
  modelTimeoutSeconds: "seconds that a language model has for its answer",
};

const amount = (name: keyof Bounds) => {
  const [lowest, highest] = configurationBounds[name];
  return whole(lowest, highest)
    .optional()
    .describe(`${MEANINGS[name]}; ${CONFIGURATION[name]} if it is left out`);
};

const command = z
  .array(anyText, { error: "a list, as in [python, -m, agent_orchestration.main]" })
  .min(1)
  .optional();

const copies = z
  .strictObject({ min: whole(1, 100), max: whole(1, 100) }, { error: "{ min, max }" })
  .refine(({ min, max }) => min <= max, { error: "{ min, max } with min not above max" })
  .optional();

const room = (what: string) => whole(1, 65536).optional().describe(`GiB for each copy of ${what}`);

/** What the platform Agent Orchestration takes from a stack. */
export const orchestrationSettings = {
  openaiApiKey: secret().refine(openaiKeyRule.accepts, { error: openaiKeyRule.takes }).meta({
    secret: true,
    description: "API key of OpenAI, which the applications ask language models with",
  }),
  openaiUrl: z
    .string()
    .regex(/^https?:\/\/[^\s/@]+(\/\S*)?$/, {
      error: "an address without a key, as in https://api.openai.com/v1",
    })
    .optional()
    .describe("where language models are asked; OpenAI's own API if it is left out"),
  size: oneOf(Object.keys(sizes) as [keyof typeof sizes, ...(keyof typeof sizes)[]])
    .optional()
    .describe("what services are promised, and in how many copies they run; compact if it is left out"),
  configuration: z
    .strictObject({
      timeoutSeconds: amount("timeoutSeconds"),
      poolSize: amount("poolSize"),
      connectionTimeoutMilliseconds: amount("connectionTimeoutMilliseconds"),
      model: z
        .string({ error: modelForm.takes })
        .regex(modelForm.form, { error: modelForm.takes })
        .optional()
        .describe(`language model that is asked; ${CONFIGURATION.model} if it is left out`),
      modelTimeoutSeconds: amount("modelTimeoutSeconds"),
    })
    .optional()
    .describe("what of the applications' config.yaml shall not be the platform's default"),
  neo4jLicence: oneOf(["community", "enterprise-accepted"])
    .optional()
    .describe("edition of Neo4j; enterprise-accepted says that its licence agreement is accepted"),
  neo4jCopies: whole(1, 9).optional().describe("copies of Neo4j as a cluster, with the Enterprise Edition"),
  brokers: z
    .union([z.literal(1).describe("one"), z.literal(3).describe("three, of which one may be lost")], {
      error: "1 or 3",
    })
    .optional()
    .describe("brokers of Kafka, decided before the first start; as the size has it if it is left out"),
  scaling: z
    .strictObject({ "mcp-server": copies, "core-services": copies })
    .optional()
    .describe("least and most copies, service by service"),
  storageGiB: z
    .strictObject({ neo4j: room("Neo4j"), kafka: room("Kafka") })
    .optional()
    .describe("room for data"),
  commands: z
    .strictObject({ mcpServer: command, coreServices: command, coreServicesCheck: command })
    .optional()
    .describe("commands of your images, where they are not the usual ones"),
} as const;

const login = z.strictObject(
  { user: anyText.describe("user to log in as"), password: secret().describe("its password") },
  { error: "{ user, password }" },
);

const topics = Object.fromEntries(
  topicNames.map((name) => [name, anyText.default(name).describe("what it is called there")]),
) as Record<(typeof topicNames)[number], z.ZodDefault<typeof anyText>>;

/** Servers that somebody else may run in the place of the platform's own. */
export const orchestrationExternal = {
  neo4j: z
    .strictObject(
      {
        url: z
          .string()
          .regex(/^(neo4j|bolt)(\+s)?:\/\/[^\s/@]+\/?(\?\S*)?$/, {
            error:
              "neo4j+s://host:7687, or neo4j://, bolt+s://, bolt://; user and password stand by themselves",
          })
          .describe("address, as neo4j+s://host:7687"),
        user: anyText.optional().describe("user to log in as; neo4j if it is left out"),
        password: secret().describe("its password"),
      },
      { error: "{ url, password }" },
    )
    .optional(),
  kafka: z
    .strictObject(
      {
        bootstrap: z
          .array(
            z
              .string()
              .regex(/^[A-Za-z0-9.-]+:\d{1,5}$/, { error: 'host:port, as in "kafka.example.com:9092"' }),
            {
              error: "a list of all brokers",
            },
          )
          .min(1, { error: "a list of all brokers" })
          .describe("all brokers, each as host:port"),
        clients: z
          .strictObject({ "mcp-server": login, "core-services": login })
          .describe("users of the applications, who are there already"),
        topics: z.strictObject(topics).prefault({}).describe("names of the topics there"),
        mechanism: oneOf(["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"])
          .optional()
          .describe("how users prove who they are; SCRAM-SHA-512 if it is left out"),
        tls: flag.optional().describe("whether connections are encrypted; they are if it is left out"),
      },
      { error: "{ bootstrap, clients }" },
    )
    .optional(),
} as const;
