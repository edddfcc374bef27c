import { createHash, randomBytes, scryptSync, timingSafeEqual } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import * as path from "node:path";
import { z } from "zod";
import { isSameKey } from "../same-key.ts";

/** What a user may do. Only these rights are known: all others are refused, and not taken for granted. */
export const roleSchema = z.strictObject({
  cluster: z.array(z.literal("monitor")).default([]),
  indices: z
    .array(z.strictObject({ names: z.array(z.string()), privileges: z.tuple([z.literal("all")]) }))
    .default([]),
});

/** What a user may do. */
export type Role = z.infer<typeof roleSchema>;

/** The user that Elasticsearch begins with, who may do everything. */
export const ADMINISTRATOR = "elastic";

const userSchema = z.object({ salt: z.string(), hash: z.string(), roles: z.array(z.string()) });
const keptSchema = z.object({
  users: z.record(z.string(), userSchema),
  roles: z.record(z.string(), roleSchema),
});

/** Users and roles, in a file beside the data. */
export class Accounts {
  readonly #file: string;
  readonly #administratorPassword: string;
  readonly #kept: z.infer<typeof keptSchema>;
  /** Digests of passwords that were right: to find that out again would take a processor's tenth of a second at each request. */
  readonly #known = new Map<string, string>();

  constructor(folder: string, administratorPassword: string) {
    this.#file = path.join(folder, "stand-in-accounts.json");
    this.#administratorPassword = administratorPassword;
    this.#kept = existsSync(this.#file)
      ? keptSchema.parse(JSON.parse(readFileSync(this.#file, "utf8")))
      : { users: {}, roles: {} };
  }

  /** Whether this is the password of that user. */
  knows(name: string, password: string): boolean {
    if (name === ADMINISTRATOR) return isSameKey(password, this.#administratorPassword);
    const user = this.#user(name);
    if (!user) return false;
    const digest = createHash("sha256").update(`${user.salt}:${password}`).digest("hex");
    if (this.#known.get(name) === digest) return true;
    if (!timingSafeEqual(hashOf(password, user.salt), Buffer.from(user.hash, "hex"))) return false;
    this.#known.set(name, digest);
    return true;
  }

  /** What a user may do; roles that are not there give nothing. */
  rolesOf(name: string): readonly Role[] {
    const names = this.#user(name)?.roles ?? [];
    return names.flatMap((role) => (Object.hasOwn(this.#kept.roles, role) ? [this.#kept.roles[role]!] : []));
  }

  /** The names of a user's roles; nothing where there is no such user. */
  roleNamesOf(name: string): readonly string[] | undefined {
    return this.#user(name)?.roles;
  }

  /** Makes a user, or changes it; gives whether it is new. */
  putUser(name: string, password: string, roles: readonly string[]): boolean {
    const isNew = !this.#user(name);
    const salt = randomBytes(16).toString("hex");
    this.#kept.users[name] = { salt, hash: hashOf(password, salt).toString("hex"), roles: [...roles] };
    this.#known.delete(name);
    this.#keep();
    return isNew;
  }

  /** Makes a role, or changes it; gives whether it is new. */
  putRole(name: string, role: Role): boolean {
    const isNew = !Object.hasOwn(this.#kept.roles, name);
    this.#kept.roles[name] = role;
    this.#keep();
    return isNew;
  }

  /** Removes a user; gives whether there was one. */
  removeUser(name: string): boolean {
    if (!this.#user(name)) return false;
    delete this.#kept.users[name];
    this.#known.delete(name);
    this.#keep();
    return true;
  }

  #user(name: string) {
    return Object.hasOwn(this.#kept.users, name) ? this.#kept.users[name] : undefined;
  }

  /** Writes the file anew beside the old one, so that one of them is whole whenever the machine stops. */
  #keep(): void {
    const made = `${this.#file}.new`;
    const file = openSync(made, "w", 0o600);
    writeSync(file, JSON.stringify(this.#kept));
    fsyncSync(file);
    closeSync(file);
    renameSync(made, this.#file);
  }
}

function hashOf(password: string, salt: string): Buffer {
  return scryptSync(password, salt, 32);
}
