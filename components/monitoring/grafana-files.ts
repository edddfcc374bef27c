import * as pulumi from "@pulumi/pulumi";
import type { Dashboard } from "../model/monitoring.ts";
import { ref, type Reference } from "../model/reference.ts";
import { FILES } from "../model/workload.ts";
import { dashboardId, DATASOURCE, grafanaDashboard } from "./grafana-dashboard.ts";
import { SCRAPE_SECONDS } from "./prometheus-files.ts";

/** Folder in which Grafana finds what it is given; its two files are linked there before it starts. */
export const PROVISIONING = "/tmp/provisioning";

/**
 * The files that Grafana is started with, by name.
 *
 * @param prometheus - address of the server whose metrics are shown
 * @throws InputPropertiesError if dashboards can't be told apart
 */
export function grafanaFiles(
  prometheus: Reference,
  dashboards: readonly Dashboard[],
): Readonly<Record<string, string | Reference>> {
  check(dashboards);
  return {
    "datasources.yaml": datasources(prometheus),
    "dashboards.yaml": PROVIDER,
    ...Object.fromEntries(
      dashboards.map((dashboard) => [`${dashboardId(dashboard.title)}.json`, grafanaDashboard(dashboard)]),
    ),
  };
}

function datasources(prometheus: Reference): Reference {
  return ref`apiVersion: 1
datasources:
  - name: Prometheus
    type: ${DATASOURCE.type}
    uid: ${DATASOURCE.uid}
    access: proxy
    url: ${prometheus}
    isDefault: true
    editable: false
    jsonData:
      httpMethod: POST
      prometheusType: Prometheus
      timeInterval: ${SCRAPE_SECONDS}s
      manageAlerts: true
`;
}

const PROVIDER = `apiVersion: 1
providers:
  - name: keelson
    type: file
    disableDeletion: true
    allowUiUpdates: false
    options:
      path: ${FILES}
`;

function check(dashboards: readonly Dashboard[]): void {
  const ids = dashboards.map(({ title }) => dashboardId(title));
  ids.forEach((id, index) => {
    const { title } = dashboards[index]!;
    // The server's own limit.
    if (id === "" || id.length > 40)
      throw invalid(
        index,
        `"${title}" is no title of a dashboard; use letters and digits, 40 characters at most`,
      );
    if (ids.indexOf(id) !== index)
      throw invalid(index, `there is a dashboard "${title}" already; give each a title of its own`);
  });
}

function invalid(index: number, reason: string): pulumi.InputPropertiesError {
  const propertyPath = `dashboards[${index}].title`;
  return new pulumi.InputPropertiesError({ message: reason, errors: [{ propertyPath, reason }] });
}
