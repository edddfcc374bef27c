import type { Input } from "@pulumi/pulumi";
import { ref, Reference } from "../model/reference.ts";
import { externalAddress, userinfo } from "./external-address.ts";
import type { RedisServer } from "./redis.ts";

/** Arguments of {@link externalRedis}. */
export interface ExternalRedisArgs {
  /**
   * Its address: `rediss://cache.example.com:6380/0`, which is encrypted, or `redis://…`, which is not. Another user than
   * the default one stands in it, as in `rediss://app@cache.example.com`; the password does not.
   */
  readonly url: string;
  readonly password: Input<string>;
}

/** IANA has one port for Redis, and none for Redis within TLS. */
const SCHEMES = { "redis:": 6379, "rediss:": 6379 };

/**
 * A Redis server that somebody else runs.
 *
 * @throws InputPropertiesError if the URL is none of Redis', or holds a password
 */
export function externalRedis({ url, password }: ExternalRedisArgs): RedisServer {
  const { protocol, user, path, endpoint } = externalAddress(url, SCHEMES);
  const address = Reference.to(endpoint, "server");
  return {
    url: ref`${protocol}//${userinfo(user, password)}@${address}${path || "/0"}`,
    address,
    password: Reference.hidden(password),
  };
}
