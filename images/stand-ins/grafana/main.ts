// Answers for Grafana where its image can't be had: the official image's script starts it, with the same variables and files.
import { serveUntilStopped } from "../serving.ts";
import { createApplication, STAND_IN, VERSION } from "./application.ts";
import { readProvisioning } from "./provisioning.ts";
import { readSettings } from "./settings.ts";

console.log(
  `${STAND_IN} ${VERSION}: another program, which shows whether dashboards' queries are valid; no graphs, no alerts, no users`,
);

const settings = readSettings(process.env);
const provisioning = readProvisioning(settings.provisioning);
console.log(`provisioned: ${provisioning.dashboards.length} dashboards`);
const application = createApplication(settings, provisioning);
serveUntilStopped("0.0.0.0", new Map([[settings.port, application]]), () => {});
