import { Gateway, HttpService, images, Kubernetes } from "keelson";
import { Aks } from "keelson/clusters/aks";

const aks = new Aks("production", { region: "eastus2", access: ["203.0.113.0/24"] });
const target = new Kubernetes("hello", { cluster: aks.cluster });
const api = new HttpService("api", {
  target,
  image: images["reference-app"],
  command: ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8000"],
  port: 8000,
  ready: "/ready",
  resources: { cpuRequest: 0.1, cpuLimit: 1, memoryRequestMiB: 128, memoryLimitMiB: 512 },
});
export const { url } = new Gateway("entry", { target, host: "app.example.com", routes: { "/": api.http } });
export const { kubeconfig } = aks;
