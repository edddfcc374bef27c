import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { isSameKey } from "../same-key.ts";
import type { Settings } from "./settings.ts";

const COOKIE = "grafana_session";

/** Who has logged in since the program started. */
export class Access {
  readonly #settings: Pick<Settings, "user" | "password" | "path">;
  readonly #sessions = new Set<string>();

  constructor(settings: Pick<Settings, "user" | "password" | "path">) {
    this.#settings = settings;
  }

  /** Gives a session to whoever knows the administrator's name and password, and to nobody else. */
  login(context: Context, user: string, password: string): boolean {
    if (!this.#knows(user, password)) return false;
    const session = randomBytes(16).toString("hex");
    this.#sessions.add(session);
    setCookie(context, COOKIE, session, {
      path: this.#settings.path || "/",
      httpOnly: true,
      sameSite: "Lax",
    });
    return true;
  }

  /** Whether a request has a session, or brings name and password along. */
  allows(context: Context): boolean {
    const session = getCookie(context, COOKIE);
    if (session !== undefined && this.#sessions.has(session)) return true;
    const basic = context.req.header("authorization")?.match(/^Basic (.+)$/)?.[1];
    const [, user, password] =
      Buffer.from(basic ?? "", "base64")
        .toString()
        .match(/^([^:]*):(.*)$/s) ?? [];
    return user !== undefined && password !== undefined && this.#knows(user, password);
  }

  #knows(user: string, password: string): boolean {
    return isSameKey(user, this.#settings.user) && isSameKey(password, this.#settings.password);
  }
}
