import { Docker, HttpService, Kubernetes, Postgres, Redis, type Target } from "../../components/index.ts";

/** Targets with room for any number of services, by their names. */
export const targets: Readonly<Record<string, (name: string) => Target>> = {
  docker: (name) => new Docker(name, { machine: { cpus: 10_000, memoryGiB: 10_000, storageGiB: 10_000 } }),
  kubernetes: (name) =>
    new Kubernetes(name, { cluster: { nodes: [{ cpus: 100, memoryGiB: 1000, count: 100 }] } }),
};

/** What the services have beside each other. */
export interface ServiceOptions {
  /** Whether each has a database of its own, which a job makes. */
  readonly databases: boolean;
}

/** How many services call the same one: so a thousand of them wait for each other in three steps, as platforms do, and not in a thousand. */
const CALLERS = 10;

/** Declares services that share a cache, and call each other as the branches of a tree do. */
export function declareServices(target: Target, count: number, { databases }: ServiceOptions): void {
  const postgres = databases ? new Postgres("postgres", { target }) : undefined;
  const cache = new Redis("cache", { target, evict: "never" });
  const made: HttpService[] = [];
  for (let index = 0; index < count; index++) {
    const upstream = made[Math.floor((index - 1) / CALLERS)];
    const service = new HttpService(`service-${index}`, {
      target,
      image: "keelson/reference-app:0.1.0",
      command: ["node", "server.js"],
      port: 8000,
      ready: "/health",
      env: {
        ...(postgres && { DATABASE_URL: postgres.database(`service_${index}`).url }),
        REDIS_URL: cache.url,
        LOG_LEVEL: "WARNING",
        ...(upstream && { UPSTREAM_URL: upstream.url }),
      },
      resources: { cpuRequest: 0.25, cpuLimit: 0.5, memoryRequestMiB: 512, memoryLimitMiB: 1024 },
    });
    made.push(service);
  }
}
