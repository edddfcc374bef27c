import { readFileSync } from "node:fs";
import { z } from "zod";

const flag = z.stringbool().default(false);

/** The variables that this program follows; Grafana's others are about what it does not do. */
const variables = z.object({
  GF_PATHS_PROVISIONING: z.string(),
  GF_SECURITY_ADMIN_USER: z.string().default("admin"),
  GF_SECURITY_ADMIN_PASSWORD: z.string().optional(),
  GF_SECURITY_ADMIN_PASSWORD__FILE: z.string().optional(),
  GF_AUTH_ANONYMOUS_ENABLED: flag,
  GF_USERS_ALLOW_SIGN_UP: flag,
  GF_SERVER_HTTP_PORT: z.coerce.number().int().positive().default(3000),
  GF_SERVER_ROOT_URL: z.url().default("http://localhost:3000/"),
  GF_SERVER_SERVE_FROM_SUB_PATH: flag,
});

/** Settings as the official image takes them. */
export interface Settings {
  /** Folder of what it is given. */
  readonly provisioning: string;
  readonly user: string;
  readonly password: string;
  readonly port: number;
  /** Path below which it is served; empty at the root. */
  readonly path: string;
}

/**
 * Reads the program's variables, and the password's file.
 *
 * @throws Error if a value is not known, there is no password, or others than the administrator are to be let in
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const given = variables.parse(environment);
  if (given.GF_AUTH_ANONYMOUS_ENABLED || given.GF_USERS_ALLOW_SIGN_UP)
    throw new Error(
      "the stand-in for Grafana knows the administrator alone: switch anonymous access and sign-up off",
    );
  const file = given.GF_SECURITY_ADMIN_PASSWORD__FILE;
  const password =
    file === undefined ? given.GF_SECURITY_ADMIN_PASSWORD : readFileSync(file, "utf8").trimEnd();
  if (!password) throw new Error("the administrator has no password: set GF_SECURITY_ADMIN_PASSWORD__FILE");
  return {
    provisioning: given.GF_PATHS_PROVISIONING,
    user: given.GF_SECURITY_ADMIN_USER,
    password,
    port: given.GF_SERVER_HTTP_PORT,
    path: given.GF_SERVER_SERVE_FROM_SUB_PATH
      ? new URL(given.GF_SERVER_ROOT_URL).pathname.replace(/\/+$/, "")
      : "",
  };
}
