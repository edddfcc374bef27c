// All that can stand beside the services of a platform on a Docker host, each in as many copies as a platform has, with the least that they are there for.
import {
  Docker,
  Gateway,
  HttpService,
  images,
  Jaeger,
  Mongodb,
  MongodbExporter,
  NodeExporter,
  OtelCollector,
  Postgres,
  PostgresExporter,
  Redis,
  RedisExporter,
} from "../../components/index.ts";

const target = new Docker("keelson-bench-beside", {
  httpPort: Number(process.env["BENCH_PORT"]),
  destroyData: true,
  images: { tools: images.busybox, proxy: images.caddy },
});

const database = new Postgres("postgres", { target, storageGiB: 1 }).monitoring();
new PostgresExporter("postgres-exporter", { target, database });
const server = new Redis("redis", { target, evict: "never", storageGiB: 1 });
new RedisExporter("redis-exporter", { target, server });
const documents = new Mongodb("mongodb", { target, storageGiB: 1 }).monitoring();
new MongodbExporter("mongodb-exporter", { target, database: documents });
new NodeExporter("node-exporter", { target });
const jaeger = new Jaeger("jaeger", { target });
const collector = new OtelCollector("otel-collector", { target, traces: { to: jaeger.otlp } });

const application = new HttpService("application", {
  target,
  image: images["reference-app"],
  command: ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8000"],
  port: 8000,
  ready: "/health",
  env: collector.variablesOf("application"),
  resources: { cpuRequest: 0.1, cpuLimit: 1, memoryRequestMiB: 128, memoryLimitMiB: 512 },
});
const entry = new Gateway("proxy", { target, host: "localhost", routes: { "/": application.http } });
target.repeat(
  "schedule",
  {
    image: images.busybox,
    command: ["true"],
    resources: { cpuRequest: 0.05, cpuLimit: 1, memoryRequestMiB: 16, memoryLimitMiB: 64 },
    user: { uid: 1000, gid: 1000 },
  },
  { every: "day", at: "02:00" },
  { parent: entry },
);
