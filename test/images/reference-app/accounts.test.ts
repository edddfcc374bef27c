import { readdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import type { ClientBase } from "pg";
import { describe, expect, it } from "vitest";
import { Accounts, bootstrapAccount } from "../../../images/reference-app/accounts/accounts.ts";
import { hashOf, isPassword } from "../../../images/reference-app/accounts/password-hash.ts";
import { passwordProblems } from "../../../images/reference-app/accounts/password-policy.ts";
import { createApplication } from "../../../images/reference-app/application.ts";
import { createService } from "../../../images/reference-app/service.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** The table of accounts, as far as its two statements go, with the statements that were made. */
class Table {
  readonly rows = new Map<string, { stored: string; given: string }>();
  readonly statements: string[] = [];

  readonly query = async (statement: string, [name = "", hash = ""]: readonly string[] = []) => {
    this.statements.push(statement.split(" ")[0]!);
    if (statement.startsWith("insert")) this.rows.set(name, { stored: hash, given: hash });
    return { rows: statement.startsWith("select") && this.rows.has(name) ? [this.rows.get(name)] : [] };
  };

  get client(): Pick<ClientBase, "query"> {
    return { query: this.query } as unknown as Pick<ClientBase, "query">;
  }

  get accounts(): Accounts {
    return new Accounts({
      query: async (...call) => (await this.query(...(call as [string, string[]]))).rows as never[],
    });
  }
}

describe("the first administrator", () => {
  it("[M4] may log in with the password that was given, which is not stored", async () => {
    const table = new Table();
    expect(await bootstrapAccount(table.client, "admin", "Chosen.2026")).toBe("account made");
    expect(await table.accounts.admits("admin", "Chosen.2026")).toBe(true);
    expect(await table.accounts.admits("admin", "chosen.2026")).toBe(false);
    expect(await table.accounts.admits("nobody", "Chosen.2026")).toBe(false);
    expect(JSON.stringify([...table.rows])).not.toContain("Chosen");
  });

  it("[M4, G13] is made once: the same again changes nothing, not even a password that was changed meanwhile", async () => {
    const table = new Table();
    await bootstrapAccount(table.client, "admin", "Chosen.2026");
    table.rows.get("admin")!.stored = await hashOf("My.Own.2027");
    expect(await bootstrapAccount(table.client, "admin", "Chosen.2026")).toBe("nothing");
    expect(await table.accounts.admits("admin", "My.Own.2027")).toBe(true);
  });

  it("[M4] gets another password when another one is given", async () => {
    const table = new Table();
    await bootstrapAccount(table.client, "admin", "Chosen.2026");
    expect(await bootstrapAccount(table.client, "admin", "Another.2027")).toBe("password changed");
    expect(await table.accounts.admits("admin", "Another.2027")).toBe(true);
    expect(await table.accounts.admits("admin", "Chosen.2026")).toBe(false);
  });

  it("[M7] is not made where that can't be written down, and else written down once", async () => {
    const table = new Table();
    const unwritable = async () => {
      throw new Error("read-only file system");
    };
    await expect(bootstrapAccount(table.client, "admin", "Chosen.2026", unwritable)).rejects.toThrow(
      "read-only file system",
    );
    expect(table.statements.at(-1)).toBe("rollback");
    const events: string[] = [];
    const record = async (event: string) => void events.push(event);
    const fresh = new Table();
    for (const password of ["Chosen.2026", "Chosen.2026", "Another.2027"])
      await bootstrapAccount(fresh.client, "admin", password, record);
    expect(events).toEqual(["account made", "password changed"]);
  });

  it("is made as a whole or not at all", async () => {
    const table = new Table();
    const failing = {
      query: async (statement: string) => {
        if (statement.startsWith("insert")) throw new Error("no space left");
        return table.query(statement);
      },
    } as unknown as Pick<ClientBase, "query">;
    await expect(bootstrapAccount(failing, "admin", "Chosen.2026")).rejects.toThrow("no space left");
    expect(table.statements).toEqual(["begin", "select", "rollback"]);
  });
});

describe("a stored password", () => {
  it("is another each time, and recognised each time", async () => {
    const [one, other] = [await hashOf("Chosen.2026"), await hashOf("Chosen.2026")];
    expect(one).not.toBe(other);
    expect([await isPassword("Chosen.2026", one), await isPassword("Chosen.2026", other)]).toEqual([
      true,
      true,
    ]);
  });

  it.each(["", "scrypt", "scrypt::", "scrypt:00:zz"])(
    "that is none, such as %j, is that of nobody",
    async (stored) => {
      expect(await isPassword("", stored)).toBe(false);
    },
  );
});

describe("the policy of the reference application", () => {
  it.each([
    ["Chosen.2026", []],
    ["Short.1", ["fewer than 8 characters"]],
    ["chosen-2026", ["no capital letter"]],
    ["CHOSEN-2026", ["no small letter"]],
    ["Chosen-once", ["no digit"]],
    ["Chosen2026", ["no symbol"]],
  ])("[M4] finds in %j %j", (password, problems) => {
    expect(passwordProblems(password)).toEqual(problems);
  });
});

describe("a login", () => {
  /** An application whose only account is that of "admin", and the folder of its audit log. */
  async function start(audit?: string) {
    const folder = temporaryFolder();
    const table = new Table();
    await bootstrapAccount(table.client, "admin", "Chosen.2026");
    const log: string[] = [];
    const service = await createService(
      { SERVICE_NAME: "api", AUDIT_LOG_PATH: audit ?? folder },
      { write: (line) => log.push(line) },
    );
    const application = createApplication({ ...service, accounts: table.accounts });
    const login = (body: unknown) =>
      application.request("/login", {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "x-forwarded-for": "203.0.113.9" },
      });
    const entries = () =>
      readdirSync(folder).flatMap((file) =>
        readFileSync(path.join(folder, file), "utf8")
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line)),
      );
    return { login, entries, folder, log };
  }

  it("[M7] that fails is written into the audit log, a JSON object a line, without the password", async () => {
    const { login, entries, folder, log } = await start();
    expect((await login({ name: "admin", password: "guess-1" })).status).toBe(401);
    expect((await login({ name: "stranger", password: "guess-2" })).status).toBe(401);
    expect((await login({ name: "admin", password: "Chosen.2026" })).status).toBe(204);
    expect(entries()).toEqual([
      { time: expect.any(String), event: "login failed", account: "admin", address: "203.0.113.9" },
      { time: expect.any(String), event: "login failed", account: "stranger", address: "203.0.113.9" },
      { time: expect.any(String), event: "login succeeded", account: "admin", address: "203.0.113.9" },
    ]);
    expect(readdirSync(folder)).toEqual([`audit-${hostname()}.jsonl`]);
    expect(JSON.stringify(entries()) + log.join()).not.toMatch(/guess|Chosen/);
  });

  it("[M7] gets nobody in where it can't be written down", async () => {
    const { login, log } = await start("/proc/nowhere");
    const answer = await login({ name: "admin", password: "Chosen.2026" });
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain("ENOENT");
    expect(log.join()).toContain("a login could not be judged");
  });

  it.each([
    undefined,
    {},
    { name: "admin" },
    { name: "", password: "p" },
    { name: "a", password: "p".repeat(201) },
  ])("of the form %j is refused, and no account asked for", async (body) => {
    const { login, entries } = await start();
    expect((await login(body)).status).toBe(400);
    expect(entries()).toEqual([]);
  });

  it("is nothing that a service without accounts knows", async () => {
    const service = await createService({ SERVICE_NAME: "api" }, { write: () => {} });
    const answer = await createApplication(service).request("/login", { method: "POST" });
    expect(answer.status).toBe(404);
  });
});
