import type { ReportFacts } from "../../../cli/report/page.ts";
import type { Topology, WorkloadFacts } from "../../../cli/topology/topology.ts";

const resources = { cpuRequest: 0.5, cpuLimit: 2, memoryRequestMiB: 512, memoryLimitMiB: 1024 };

/** A workload with nothing about it that is not stated. */
export function workload(name: string, stated: Partial<WorkloadFacts> = {}): WorkloadFacts {
  return {
    name,
    kind: "service",
    group: "application",
    image: `example.com/${name}:1.0`,
    copies: { min: 1, max: 1 },
    signals: [],
    resources,
    ports: [],
    volumes: [],
    shared: [],
    filledFolders: [],
    secrets: [],
    metrics: false,
    after: [],
    ...stated,
  };
}

const http = { name: "http", number: 8000, protocol: "http" } as const;
const sql = { name: "sql", number: 5432, protocol: "tcp" } as const;

/** A stack with one thing of every kind. */
export const shop: Topology = {
  stack: "shop",
  platform: "acceleration",
  target: "docker",
  url: "http://shop.example.com",
  workloads: [
    workload("db", {
      group: "store",
      ports: [sql],
      volumes: [{ name: "data", path: "/var/lib/data", sizeGiB: 20 }],
      secrets: ["admin"],
    }),
    workload("migrations", { kind: "job", group: "job", secrets: ["DATABASE_URL"] }),
    workload("clean-up", {
      kind: "schedule",
      group: "job",
      schedule: { every: "week", on: "monday", at: "03:30" },
    }),
    workload("web", {
      ports: [http],
      copies: { min: 2, max: 4 },
      signals: ["cpu", "memory"],
      secrets: ["DATABASE_URL", "KEY"],
      shared: [{ name: "files", path: "/srv/files", writable: true }],
      filledFolders: ["documents"],
      after: ["migrations"],
      probes: {
        readiness: { check: { kind: "http", port: "http", path: "/ready" } },
        liveness: { check: { kind: "tcp", port: "http" }, periodSeconds: 30 },
        startupSeconds: 90,
      },
      metrics: true,
    }),
  ],
  sharedFolders: [{ name: "files", sizeGiB: 5 }],
  references: [
    { from: "web", to: "db", outside: false, port: sql, purpose: "use" },
    { from: "web", to: "api.example.com", outside: true, port: { ...http, number: 443 }, purpose: "use" },
  ],
  exposures: [
    { entry: "proxy", host: "shop.example.com", path: "/api", to: "web", port: http, stripPrefix: true },
  ],
  keptSecrets: { "web-login": ["username", "password"] },
  capacity: {
    machines: [{ count: 1, cpus: 4, memoryGiB: 16, storageGiB: 500, gpus: 0 }],
    limit: { cpus: 3.4, memoryGiB: 13.6, storageGiB: 425, gpus: 0 },
    promised: {
      db: { cpus: 0.5, memoryGiB: 0.5, storageGiB: 20, gpus: 0 },
      web: { cpus: 2, memoryGiB: 2, storageGiB: 0, gpus: 0 },
    },
    total: { cpus: 2.5, memoryGiB: 2.5, storageGiB: 20, gpus: 0 },
  },
  watched: [],
};

/** All that the page is made of, the first time. */
export const first: ReportFacts = {
  stack: shop,
  picture: '<svg xmlns="http://www.w3.org/2000/svg" role="img"><title>shop</title></svg>',
  judgement: { resources: 12, findings: [] },
  state: { why: "it was not asked for", remedy: "npx keelson report shop --verify" },
  written: new Date("2026-03-01T12:00:00Z"),
  before: undefined,
};
