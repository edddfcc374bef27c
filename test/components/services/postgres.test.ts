import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Reference } from "../../../components/model/reference.ts";
import { POSTGRES_RESOURCES, postgresRecipe } from "../../../components/services/postgres.ts";

const plain = {
  image: "postgres:18.6",
  resources: POSTGRES_RESOURCES,
  storageGiB: 10,
  admin: Reference.hidden("admin-password"),
  signed: undefined,
};
const signed = { certificate: Reference.plain("certificate"), key: Reference.hidden("key") };

/** The server's settings, as they stand on its command line. */
const settings = ({ command }: { readonly command: readonly string[] }) =>
  Object.fromEntries(
    command.filter((word) => word.includes("=")).map((word) => word.split("=") as [string, string]),
  );

describe("the PostgreSQL server", () => {
  it("shares a quarter of its memory limit, and reckons with 60 % of it as cache", () => {
    fc.assert(
      fc.property(fc.integer({ min: 128, max: 65536 }), (memoryLimitMiB) => {
        const { shared_buffers, effective_cache_size } = settings(
          postgresRecipe({ ...plain, resources: { ...POSTGRES_RESOURCES, memoryLimitMiB } }),
        );
        expect(shared_buffers).toBe(`${Math.floor(memoryLimitMiB / 4)}MB`);
        expect(effective_cache_size).toBe(`${Math.floor(memoryLimitMiB * 0.6)}MB`);
      }),
    );
  });

  it("[G3] reads its password from a file, and has no secret on its command line or among its variables", () => {
    const { env, files, command } = postgresRecipe({ ...plain, signed });
    expect(env).toMatchObject({ POSTGRES_PASSWORD_FILE: "/run/keelson/admin-password" });
    expect(files!["admin-password"]).toBe(plain.admin);
    expect(Object.values(env!).some((value) => value instanceof Reference)).toBe(false);
    expect(command.join(" ")).not.toContain("admin-password");
  });

  it("[A7] encrypts when its certificate is signed, with a key that it alone may read", () => {
    const workload = postgresRecipe({ ...plain, signed });
    expect(settings(workload)).toMatchObject({
      ssl: "on",
      ssl_cert_file: "/run/keelson/server.crt",
      ssl_key_file: "/tmp/server.key",
    });
    expect(workload.command.slice(0, 3).join(" ")).toContain("umask 077; cp /run/keelson/server.key /tmp/");
    expect(settings(postgresRecipe(plain))).not.toHaveProperty("ssl");
  });

  it("has the time to shut down that its own documents ask for, and takes recovery for life", () => {
    const { stopSeconds, stopSignal, probes } = postgresRecipe(plain);
    expect({ stopSeconds, stopSignal }).toEqual({ stopSeconds: 120, stopSignal: "SIGINT" });
    expect(probes.liveness?.check).toMatchObject({
      command: ["sh", "-c", expect.stringContaining("[ $? -ne 2 ]")],
    });
  });
});
