import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { onTestFinished } from "vitest";
import { Reference } from "../../../../components/model/reference.ts";
import type { Dashboard } from "../../../../components/model/monitoring.ts";
import { GRAFANA_RESOURCES, grafanaRecipe } from "../../../../components/services/grafana.ts";
import { createApplication } from "../../../../images/stand-ins/grafana/application.ts";
import { readProvisioning } from "../../../../images/stand-ins/grafana/provisioning.ts";
import { readSettings } from "../../../../images/stand-ins/grafana/settings.ts";
import { texts } from "../../../support/started-workload.ts";
import { temporaryFolder, writeFiles } from "../../../support/temporary-folder.ts";

export const PASSWORD = "grafana-secret";

/** A Prometheus that takes every query but those with the word `broken`, and has one series for each. */
export async function startPrometheus(): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    const query = new URLSearchParams(Buffer.concat(chunks).toString()).get("query")!;
    const isBroken = query.includes("broken");
    const vector = {
      resultType: "vector",
      result: [{ metric: { job: "web" }, value: [1_700_000_000, "2.5"] }],
    };
    response.writeHead(isBroken ? 400 : 200, { "content-type": "application/json" });
    response.end(
      JSON.stringify(
        isBroken
          ? { status: "error", errorType: "bad_data", error: "1:1: parse error" }
          : { status: "success", data: vector },
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A stand-in in this process, with the files and variables of the service's recipe. */
export async function startGrafana(
  dashboards: readonly Dashboard[],
  { prometheus = "http://127.0.0.1:9", publicUrl }: { prometheus?: string; publicUrl?: string } = {},
) {
  const { files = {}, env = {} } = grafanaRecipe({
    prometheus: { url: Reference.plain(prometheus) },
    dashboards,
    publicUrl,
    image: "",
    resources: GRAFANA_RESOURCES,
    password: Reference.hidden(PASSWORD),
  });
  const contents = await texts(files);
  const folder = temporaryFolder();
  const moved = (text: string) => text.replaceAll("/run/keelson", path.join(folder, "files"));
  const given = Object.entries(contents).map(([name, text]) => [placeOf(name), moved(text)] as const);
  writeFiles(folder, Object.fromEntries(given));
  const settings = readSettings({
    ...Object.fromEntries(Object.entries(await texts(env)).map(([name, text]) => [name, moved(text)])),
    GF_PATHS_PROVISIONING: path.join(folder, "provisioning"),
  });
  return createApplication(settings, readProvisioning(settings.provisioning));
}

/** Where the recipe's command puts a file. */
function placeOf(name: string): string {
  if (name === "datasources.yaml") return `provisioning/datasources/${name}`;
  return name === "dashboards.yaml" ? `provisioning/dashboards/${name}` : `files/${name}`;
}

/** Name and password as a request brings them along. */
export function basic(password = PASSWORD): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`admin:${password}`).toString("base64")}` };
}
