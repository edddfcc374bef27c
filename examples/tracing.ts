import { getStack } from "@pulumi/pulumi";
import { Docker, Elasticsearch, HttpService, images, Jaeger, OtelCollector } from "keelson";

const target = new Docker(getStack());
const jaeger = new Jaeger("jaeger", { target });
const search = new Elasticsearch("elasticsearch", { target }).client("logs", { "lcnc-logs-*": {} });
const collector = new OtelCollector("otel-collector", {
  target,
  traces: { to: jaeger.otlp },
  logs: { search, index: "lcnc-logs" },
});
const backend = new HttpService("backend", {
  target,
  image: images["reference-app"],
  command: ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8000"],
  env: collector.variablesOf("backend"),
  port: 8000,
  ready: "/ready",
  resources: { cpuRequest: 0.1, cpuLimit: 1, memoryRequestMiB: 128, memoryLimitMiB: 512 },
});
export const { urn } = backend;
