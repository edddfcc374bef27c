import type { Input, Resource } from "@pulumi/pulumi";
import { Reference } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import type { Database } from "../services/database.ts";
import type { RedisServer } from "../services/redis.ts";
import type { ModelProvider } from "./acceleration-settings.ts";

/** What the platform's document wants to be found by name. */
interface Known {
  /** The gateway's database: the document knows one database, and the gateway is what all requests come to. */
  readonly database: Database;
  readonly redis: RedisServer;
  readonly jwtSecret: Reference;
  readonly modelKeys: Partial<Record<ModelProvider, Input<string>>>;
}

/** Keeps the secrets that the platform's document names, each under its name, with its keys. */
export function keepSecrets(
  { database, redis, jwtSecret, modelKeys }: Known,
  target: Target,
  parent: Resource,
): void {
  const { user, password, host, name } = database;
  // A key that is not given is there and empty: a pod that names a key which is missing does not start.
  const modelKey = (provider: ModelProvider) => Reference.hidden(modelKeys[provider] ?? "");
  target.keepSecret("postgres-secret", { username: user, password, host, database: name }, { parent });
  target.keepSecret("redis-secret", { url: redis.url, password: redis.password }, { parent });
  target.keepSecret(
    "api-keys",
    {
      "openai-api-key": modelKey("openai"),
      "anthropic-api-key": modelKey("anthropic"),
      "jwt-secret": jwtSecret,
    },
    { parent },
  );
}
