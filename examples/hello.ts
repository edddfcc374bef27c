import { getStack } from "@pulumi/pulumi";
import { Docker, Gateway, HttpService, images, Job, Postgres } from "keelson";

const target = new Docker(getStack(), { httpPort: 8080 });
const database = new Postgres("postgres", { target }).database("app");
const app = { target, image: images["reference-app"], env: { DATABASE_URL: database.url } };
const migrated = new Job("migrations", { ...app, command: ["alembic", "upgrade", "head"] });
const api = new HttpService("api", {
  ...app,
  command: ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8000"],
  port: 8000,
  ready: "/ready",
  after: [migrated],
  resources: { cpuRequest: 0.1, cpuLimit: 1, memoryRequestMiB: 128, memoryLimitMiB: 512 },
});
export const { url } = new Gateway("proxy", { target, host: "localhost", routes: { "/": api.http } });
