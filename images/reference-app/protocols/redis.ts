import { randomUUID } from "node:crypto";
import type { Protocol } from "./protocol.ts";

/** A key of its own, set with an expiry and read back. */
export const redis: Protocol = {
  title: "Redis",
  sign: {
    schemes: { redis: 6379, rediss: 6379 },
    parts: {
      scheme: "redis",
      host: "REDIS_HOST",
      port: "REDIS_PORT",
      defaultPort: 6379,
      password: "REDIS_PASSWORD",
      path: "REDIS_DB",
    },
  },
  async prove({ url, service, signal }) {
    const { createClient } = await import("redis");
    const client = createClient({ url: url.href, socket: { reconnectStrategy: false } });
    // Each command rejects with its own error; without a listener, the first lost connection would end the process.
    client.on("error", () => {});
    const abandon = () => client.destroy();
    signal.addEventListener("abort", abandon, { once: true });
    try {
      await client.connect();
      const key = `reference:${service}:proof`;
      const written = randomUUID();
      // At once, for another proof may have the same key: of another copy, or by another variable.
      const [, read] = await client
        .multi()
        .set(key, written, { expiration: { type: "EX", value: 60 } })
        .get(key)
        .execTyped();
      if (read !== written) throw new Error(`key ${key} was written, but another value was read`);
      return `key ${key} written and read in database ${url.pathname.slice(1) || "0"}`;
    } finally {
      signal.removeEventListener("abort", abandon);
      if (client.isOpen) client.destroy();
    }
  },
};
