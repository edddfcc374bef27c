import { describe, expect, it } from "vitest";
import { grantsOf, isHidden, textOf } from "../../../components/model/reference.ts";
import type { Workload } from "../../../components/model/workload.ts";
import { authority } from "../../../components/secrets/certificate.ts";
import { Mongodb } from "../../../components/services/mongodb.ts";
import { MongodbExporter } from "../../../components/services/mongodb-exporter.ts";
import { Postgres } from "../../../components/services/postgres.ts";
import { PostgresExporter } from "../../../components/services/postgres-exporter.ts";
import { Redis } from "../../../components/services/redis.ts";
import { RedisExporter } from "../../../components/services/redis-exporter.ts";
import { ComponentResource } from "@pulumi/pulumi";
import { deploy } from "../../support/engine.ts";
import { settled } from "../../support/outputs.ts";
import { RecordingTarget } from "../../support/recording-target.ts";

/** What a target was asked for. */
async function asked(program: (target: RecordingTarget) => void): Promise<RecordingTarget> {
  const target = new RecordingTarget();
  await deploy(() => program(target));
  return target;
}

const value = async ({ env = {} }: Workload, name: string) => (await settled(textOf(env[name]!))).value;

describe("the exporter of a Redis server", () => {
  it("[G3] [G5] is told the server's address in clear and its password as a secret, and may reach it", async () => {
    const { workloads } = await asked((target) => {
      const server = new Redis("cache", { target, evict: "never" });
      new RedisExporter("cache-exporter", { target, server });
    });
    const exporter = workloads["cache-exporter"]!;
    expect(await value(exporter, "REDIS_ADDR")).toBe("redis://cache:6379");
    const { REDIS_ADDR: address, REDIS_PASSWORD: password } = exporter.env!;
    expect([address, password].map((setting) => isHidden(setting!))).toEqual([false, true]);
    expect(grantsOf([address!]).map(({ endpoint, port }) => [endpoint.host, port])).toEqual([
      ["cache", "redis"],
    ]);
  });
});

describe("the exporter of a PostgreSQL server", () => {
  it("[G3] has a role that may read all statistics, whose password stands in a file", async () => {
    const { workloads, jobs } = await asked((target) => {
      const database = new Postgres("db", { target }).monitoring();
      new PostgresExporter("db-exporter", { target, database });
    });
    const exporter = workloads["db-exporter"]!;
    expect(await value(exporter, "DATA_SOURCE_URI")).toBe("db:5432/monitoring?sslmode=disable");
    expect(await value(exporter, "DATA_SOURCE_USER")).toBe("monitoring");
    expect(exporter.env!["DATA_SOURCE_PASS_FILE"]).toBe("/run/keelson/password");
    expect(isHidden(exporter.files!["password"]!)).toBe(true);
    const sql = jobs["db-monitoring-database"]!.files!["create.sql"]!;
    expect((await settled(textOf(sql))).value).toMatch(/\ngrant pg_monitor to monitoring;\n$/);
  });

  it("[A7] checks whom it talks to where the server has a certificate", async () => {
    const { workloads } = await asked((target) => {
      const signer = authority("authority", new ComponentResource("test:Parent", "parent"));
      const database = new Postgres("db", { target, authority: signer }).monitoring();
      new PostgresExporter("db-exporter", { target, database });
    });
    const exporter = workloads["db-exporter"]!;
    expect(await value(exporter, "DATA_SOURCE_URI")).toBe(
      "db:5432/monitoring?sslmode=verify-full&sslrootcert=/run/keelson/authority.pem",
    );
    expect(exporter.files).toHaveProperty(["authority.pem"]);
  });

  it("is the only client with that role: others' databases are made as they always were", async () => {
    const { jobs } = await asked((target) => void new Postgres("db", { target }).database("web"));
    const sql = (await settled(textOf(jobs["db-web-database"]!.files!["create.sql"]!))).value;
    expect(sql).toMatch(/revoke all on database web from public;\n$/);
    expect(sql).not.toContain("pg_monitor");
  });
});

describe("the exporter of a MongoDB server", () => {
  it("[G3] has a user who may read all statistics and nobody's documents, and its password as a secret", async () => {
    const { workloads, jobs } = await asked((target) => {
      const database = new Mongodb("documents", { target }).monitoring();
      new MongodbExporter("documents-exporter", { target, database });
    });
    const exporter = workloads["documents-exporter"]!;
    expect(await value(exporter, "MONGODB_URI")).toBe("mongodb://documents:27017/?authSource=monitoring");
    expect(isHidden(exporter.env!["MONGODB_PASSWORD"]!)).toBe(true);
    const script = jobs["documents-monitoring-database"]!.files!["create.js"]!;
    expect((await settled(textOf(script))).value).toContain(
      `roles: [{"role":"clusterMonitor","db":"admin"}, {"role":"read","db":"local"}] }`,
    );
  });

  it("is the only client with those roles", async () => {
    const { jobs } = await asked((target) => void new Mongodb("documents", { target }).database("web"));
    const script = (await settled(textOf(jobs["documents-web-database"]!.files!["create.js"]!))).value;
    expect(script).toContain(`roles: ["readWrite", "dbAdmin"] }`);
  });
});

describe("every exporter", () => {
  it("[G7] [G16] publishes metrics, is ready without its server, and brings alerts and a dashboard", async () => {
    const { workloads } = await asked((target) => {
      new RedisExporter("redis", { target, server: new Redis("cache", { target, evict: "never" }) });
      new PostgresExporter("postgres", { target, database: new Postgres("db", { target }).monitoring() });
      new MongodbExporter("mongodb", { target, database: new Mongodb("documents", { target }).monitoring() });
    });
    for (const name of ["redis", "postgres", "mongodb"]) {
      const { metrics, probes, user, ...rest } = workloads[name]!;
      expect(metrics).toEqual({ port: "http" });
      expect(probes.readiness.check).toMatchObject({
        kind: "http",
        path: expect.not.stringContaining("metrics"),
      });
      expect(user.uid).toBeGreaterThan(0);
      expect(rest).toMatchObject({ alerts: expect.any(Object), dashboards: [expect.any(Object)] });
    }
  });
});
