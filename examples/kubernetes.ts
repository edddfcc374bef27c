import { getStack } from "@pulumi/pulumi";
import { Gateway, HttpService, images, Kubernetes, Postgres } from "keelson";

const target = new Kubernetes(getStack(), {
  cluster: { storageClass: "local-path", nodes: [{ cpus: 4, memoryGiB: 16, count: 3 }] },
});
const database = new Postgres("postgres", { target }).database("app");
const api = new HttpService("api", {
  target,
  image: images["reference-app"],
  command: ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8000"],
  env: { DATABASE_URL: database.url },
  port: 8000,
  ready: "/ready",
  resources: { cpuRequest: 0.1, cpuLimit: 1, memoryRequestMiB: 128, memoryLimitMiB: 512 },
  scaling: { min: 2, max: 5, signals: [{ kind: "cpu", percent: 70 }] },
});
export const { url } = new Gateway("entry", { target, host: "app.example.com", routes: { "/": api.http } });
