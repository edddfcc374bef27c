import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isHidden, Reference, textOf } from "../../../components/model/reference.ts";
import { HttpService } from "../../../components/services/http-service.ts";
import { Neo4j, NEO4J_RESOURCES, type Neo4jArgs, neo4jRecipe } from "../../../components/services/neo4j.ts";
import { Docker } from "../../../components/targets/docker/docker.ts";
import { Kubernetes } from "../../../components/targets/kubernetes/kubernetes.ts";
import { deploy } from "../../support/engine.ts";
import { settled } from "../../support/outputs.ts";
import { RecordingTarget } from "../../support/recording-target.ts";

const plain = {
  image: "neo4j:5.26.29-community",
  licence: "community",
  resources: NEO4J_RESOURCES,
  storageGiB: 7,
  password: Reference.hidden("s3cret"),
} as const;
const alone = { copies: 1, peers: ["graph"] };
const peers = ["graph-0.graph-peers", "graph-1.graph-peers", "graph-2.graph-peers"];
const cluster = { copies: 3, peers };
const licensed = { ...plain, licence: "enterprise-accepted" } as const;

const MEMORY = {
  heap: ["NEO4J_server_memory_heap_initial__size", "NEO4J_server_memory_heap_max__size"],
  pages: "NEO4J_server_memory_pagecache_size",
  transactions: "NEO4J_dbms_memory_transaction_total_max",
} as const;

type Variables = ReturnType<typeof neo4jRecipe>["env"];

/** What a variable says in MiB. */
const mebibytes = (env: Variables, name: string) => Number(/^(\d+)m$/.exec(env![name] as string)![1]);

/** Options of Java of a server with so many cores. */
function javaOptions(cpuLimit: number): string[] {
  const { env } = neo4jRecipe({ ...plain, resources: { ...NEO4J_RESOURCES, cpuLimit } }, alone);
  return (env!["NEO4J_server_jvm_additional"] as string).split(" ");
}

describe("the Neo4j server", () => {
  it("[G3] reads its first password from a secret file, and from no variable", async () => {
    const { files, ...rest } = neo4jRecipe(plain, alone);
    expect(await settled(textOf(files!["auth"]!))).toEqual({ value: "neo4j/s3cret", secret: true });
    expect(rest.env).toMatchObject({ NEO4J_AUTH_PATH: "/run/keelson/auth" });
    expect(Object.keys(rest.env!)).not.toEqual(expect.arrayContaining(["NEO4J_AUTH"]));
    expect(JSON.stringify(rest)).not.toContain("s3cret");
  });

  it("[O10] gives a third of its memory to the heap, one to the page cache, and bounds transactions within the heap", () => {
    fc.assert(
      fc.property(fc.integer({ min: 512, max: 65536 }), (memoryLimitMiB) => {
        const { env } = neo4jRecipe({ ...plain, resources: { ...NEO4J_RESOURCES, memoryLimitMiB } }, alone);
        const [first, most] = MEMORY.heap.map((name) => mebibytes(env, name));
        expect(first).toBe(most);
        expect(Math.abs(most! - 0.35 * memoryLimitMiB)).toBeLessThan(1);
        expect(Math.abs(mebibytes(env, MEMORY.pages) - 0.35 * memoryLimitMiB)).toBeLessThan(1);
        expect(mebibytes(env, MEMORY.transactions)).toBeLessThan(most!);
      }),
    );
  });

  it.each([
    [4, 4],
    [0.5, 1],
    [2.5, 3],
  ])("[O10] collects garbage by G1; of %d cores, with %d", (cpuLimit, threads) => {
    expect(javaOptions(cpuLimit)).toEqual(
      expect.arrayContaining([
        "-XX:+UseG1GC",
        "-XX:MaxGCPauseMillis=200",
        `-XX:ParallelGCThreads=${threads}`,
        `-XX:ConcGCThreads=${threads}`,
        "-XX:InitiatingHeapOccupancyPercent=70",
      ]),
    );
  });

  it("[G6] keeps data and logs on its volume, and writes elsewhere only what it may lose", () => {
    const { volumes, env, scratch, user, writableRoot } = neo4jRecipe(plain, alone);
    expect(volumes).toEqual({ data: { path: "/data", sizeGiB: 7 } });
    expect(env!["NEO4J_server_directories_logs"]).toBe("/data/logs");
    // Scratch folders of Docker are mounted so that nothing in them can be loaded as a program.
    expect(env!["JAVA_TOOL_OPTIONS"]).toBe("-Djna.tmpdir=/data/native");
    expect(scratch).toEqual(["/tmp", "/var/lib/neo4j/conf", "/var/lib/neo4j/run", "/logs"]);
    expect(user).toEqual({ uid: 7474, gid: 7474 });
    expect(writableRoot).toBeUndefined();
  });

  it("tells nobody of its use, and lets no query read files of the container", () => {
    expect(neo4jRecipe(plain, alone).env).toMatchObject({
      NEO4J_dbms_usage__report_enabled: false,
      NEO4J_client_allow__telemetry: false,
      NEO4J_dbms_security_allow__csv__import__from__file__urls: false,
    });
  });

  it("is ready when it answers by HTTP, and alive as long as Bolt is open", () => {
    const { probes, stopSeconds } = neo4jRecipe(plain, alone);
    expect(probes.readiness.check).toEqual({ kind: "http", port: "http", path: "/" });
    expect(probes.liveness?.check).toEqual({ kind: "tcp", port: "bolt" });
    expect(probes.startupSeconds).toBeGreaterThanOrEqual(300);
    expect(stopSeconds).toBe(120);
  });

  it("of the Community Edition has no metrics, no ports for others and no setting that it does not know", () => {
    const { ports, metrics, env, command } = neo4jRecipe(plain, alone);
    expect(Object.keys(ports!)).toEqual(["bolt", "http"]);
    expect(metrics).toBeUndefined();
    expect(command).toEqual(["/startup/docker-entrypoint.sh", "neo4j"]);
    expect(
      Object.keys(env!).filter((name) => /metrics|cluster|initial_(dbms|server)|LICENSE/.test(name)),
    ).toEqual([]);
  });

  it("of the Enterprise Edition accepts the licence by its variable, and shows its metrics", () => {
    const { ports, metrics, env } = neo4jRecipe(licensed, alone);
    expect(env).toMatchObject({
      NEO4J_ACCEPT_LICENSE_AGREEMENT: "yes",
      NEO4J_server_metrics_prometheus_endpoint: "0.0.0.0:2004",
      NEO4J_server_metrics_csv_enabled: false,
    });
    expect(metrics).toEqual({ port: "metrics" });
    expect(ports!["metrics"]!.number).toBe(2004);
    expect(Object.keys(ports!)).toEqual(["bolt", "http", "metrics"]);
  });
});

describe("a cluster of Neo4j servers", () => {
  /** Variables with which the image's script is started in the copy of this name. */
  function startedAs(copy: string): Record<string, string> {
    const [shell, option, script, ...rest] = neo4jRecipe(licensed, cluster).command;
    const shown = script!.replace("exec /startup/docker-entrypoint.sh neo4j", "exec env");
    const env = { PATH: process.env["PATH"], HOSTNAME: copy };
    const lines = execFileSync(shell!, [option!, shown, ...rest], { env, encoding: "utf8" })
      .trim()
      .split("\n");
    return Object.fromEntries(
      lines.filter((line) => line.startsWith("NEO4J_")).map((line) => line.split("=") as [string, string]),
    );
  }

  it("has members that each tell the others, and clients, their own name", () => {
    expect(startedAs("graph-1")).toEqual({
      NEO4J_server_default__advertised__address: "graph-1.graph-peers",
      NEO4J_server_cluster_advertised__address: "graph-1.graph-peers:6000",
      NEO4J_server_cluster_raft_advertised__address: "graph-1.graph-peers:7000",
      NEO4J_server_routing_advertised__address: "graph-1.graph-peers:7688",
    });
    expect(startedAs("graph-2")["NEO4J_server_cluster_advertised__address"]).toBe("graph-2.graph-peers:6000");
  });

  it("[O1] finds its members by their names, begins with all of them, and keeps a graph on each", () => {
    expect(neo4jRecipe(licensed, cluster).env).toMatchObject({
      NEO4J_dbms_cluster_discovery_version: "V2_ONLY",
      NEO4J_dbms_cluster_discovery_v2_endpoints: peers.map((peer) => `${peer}:6000`).join(","),
      NEO4J_dbms_cluster_minimum__initial__system__primaries__count: 3,
      NEO4J_initial_dbms_default__primaries__count: 3,
      NEO4J_initial_server_mode__constraint: "PRIMARY",
      NEO4J_initial_dbms_automatically__enable__free__servers: true,
    });
  });

  it("[G5] opens its inner ports to its copies, and to a client Bolt alone", async () => {
    const all = await deploy(() => {
      const target = new Kubernetes("t", { cluster: { nodes: [{ cpus: 4, memoryGiB: 16, count: 3 }] } });
      const { url, user, password } = new Neo4j("graph", {
        target,
        copies: 3,
        licence: "enterprise-accepted",
      });
      new HttpService("web", {
        target,
        image: "web:1",
        command: ["serve"],
        port: 8000,
        ready: "/health",
        env: { NEO4J_URI: url, NEO4J_USERNAME: user, NEO4J_PASSWORD: password },
        resources: NEO4J_RESOURCES,
      });
    });
    const specOf = (kind: string, name: string) =>
      all.find(({ type, inputs }) => type.endsWith(`:${kind}`) && inputs["metadata"].name === name)!.inputs[
        "spec"
      ];
    const { replicas, template } = specOf("StatefulSet", "graph");
    expect(replicas).toBe(3);
    expect(template.spec.containers[0].image).toBe("neo4j:5.26.29-enterprise");
    const admitted = (name: string) =>
      specOf("NetworkPolicy", name).ingress.flatMap(({ ports }: { ports: { port: number }[] }) =>
        ports.map(({ port }) => port),
      );
    expect(admitted("graph.from.web")).toEqual([7687]);
    expect(admitted("graph.peers")).toEqual(expect.arrayContaining([6000, 7000, 7688]));
  });

  const make = (args: Omit<Neo4jArgs, "target">) =>
    deploy(() => new Neo4j("graph", { target: new RecordingTarget(), ...args }));

  it("[O1] is refused without the licence, with what to set", async () => {
    await expect(make({ copies: 3 })).rejects.toThrow(
      `"graph" is to run in 3 copies, and only Neo4j's Enterprise Edition forms a cluster; set licence to "enterprise-accepted" if you have it and accept its agreement, or copies to 1`,
    );
    await expect(make({ copies: 1 })).resolves.toBeDefined();
    await expect(make({ copies: 3, licence: "enterprise-accepted" })).resolves.toBeDefined();
  });
});

it("Neo4j is one server on a Docker host, told its password by a file that no configuration shows", async () => {
  const all = await deploy(() => new Neo4j("graph", { target: new Docker("t") }));
  const [server, ...others] = all.filter(
    ({ type, name }) => type.endsWith(":Container") && name === "t-graph",
  );
  expect(others).toEqual([]);
  expect(JSON.stringify(server!.inputs)).not.toContain("[secret]");
  const uploads = all.flatMap(({ inputs }) => inputs["uploads"] ?? []);
  expect(uploads).toContainEqual(expect.objectContaining({ file: "/run/keelson/auth", content: "[secret]" }));
});

it("[O4] Neo4j is told to its clients by address, user and password, the last as a secret", async () => {
  await deploy(async () => {
    const { url, host, port, user, password } = new Neo4j("graph", { target: new RecordingTarget() });
    const texts = [url, host, port, user].map(async (reference) => (await settled(textOf(reference))).value);
    expect(await Promise.all(texts)).toEqual(["neo4j://graph:7687", "graph", "7687", "neo4j"]);
    expect([url, user, password].map(isHidden)).toEqual([false, false, true]);
    expect(url.grants.map((grant) => grant.port)).toEqual(expect.arrayContaining(["bolt"]));
    expect(url.grants.map((grant) => grant.port)).not.toContain("http");
  });
});
