import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readFileSync } from "node:fs";
import type { Resources } from "../../components/model/workload.ts";
import { complete } from "../../components/platforms/observability-settings.ts";
import { ELASTICSEARCH_RESOURCES } from "../../components/services/elasticsearch.ts";
import { EXPORTER_RESOURCES } from "../../components/services/exporter.ts";
import { GRAFANA_RESOURCES } from "../../components/services/grafana.ts";
import { JAEGER_RESOURCES } from "../../components/services/jaeger.ts";
import { OTEL_COLLECTOR_RESOURCES } from "../../components/services/otel-collector.ts";
import { PROMETHEUS_RESOURCES } from "../../components/services/prometheus.ts";
import { observabilityShape } from "../../stacks/observability-settings.ts";
import { deploy as stack } from "../../stacks/deploy.ts";
import { deploy } from "../support/engine.ts";
import { rowsOf } from "../support/page-tables.ts";
import { stackFile, stackNames } from "../support/stack-file.ts";

const rows = rowsOf("monitoring.md");
const { storageGiB, logs } = complete({ logs: true }, "logs");

/** What is promised on the host with a stack that is observed: cores, and memory in GiB. */
async function promised(name: string): Promise<string> {
  const { values, secrets } = stackFile(name);
  const large = {
    ...JSON.parse(values["keelson:docker"] ?? "{}"),
    machine: { cpus: 64, memoryGiB: 256, storageGiB: 4096 },
  };
  const given = { ...values, "keelson:observability": "true", "keelson:docker": JSON.stringify(large) };
  const all = await deploy(() => stack({ values: given, secrets }));
  const running = all.filter(({ inputs }) => inputs["restart"] === "unless-stopped");
  const sum = (key: string) => running.reduce((total, { inputs }) => total + inputs[key], 0) / 1024;
  return `${sum("cpuShares").toFixed(2)} cores, ${sum("memoryReservation").toFixed(1)} GiB`;
}

describe("docs/monitoring.md", () => {
  it.each<[string, Resources, number?]>([
    ["`prometheus`", PROMETHEUS_RESOURCES, storageGiB],
    ["`grafana`", GRAFANA_RESOURCES],
    ["`otel-collector`", OTEL_COLLECTOR_RESOURCES],
    ["`jaeger`", JAEGER_RESOURCES],
    ["`node-exporter`", EXPORTER_RESOURCES],
    ["`postgres-exporter`, `redis-exporter`, `mongodb-exporter`", EXPORTER_RESOURCES],
    ["`logs`", ELASTICSEARCH_RESOURCES, logs!.storageGiB],
  ])("[G8] has what %s is promised", (program, { cpuRequest, memoryRequestMiB }, room) => {
    const row = [program, `${cpuRequest}`, `${memoryRequestMiB}`, room === undefined ? "–" : `${room}`];
    expect(rows.map((cells) => cells.slice(0, 4))).toContainEqual(row);
  });

  it("[G10] has every setting", () => {
    const listed = rows.flatMap(([setting = ""]) => /^`observability\.(\w+)`$/.exec(setting)?.[1] ?? []);
    expect(listed.toSorted()).toEqual(Object.keys(observabilityShape).toSorted());
  });

  describe.each(stackNames().filter((name) => name.endsWith("-docker")))("of %s", (name) => {
    let sums: string;

    beforeAll(async () => {
      sums = await promised(name);
    });

    it("[G8] says whether it is observed, and what is promised then", () => {
      const file = readFileSync(new URL(`../../stacks/Pulumi.${name}.yaml`, import.meta.url), "utf8");
      const { config } = parse(file) as { config: Record<string, unknown> };
      const setting = config["keelson:observability"] === true ? "on" : "off";
      const [, said, promise = ""] = rows.find(([stackName]) => stackName === `\`${name}\``)!;
      expect([said, promise.replace(": refused", "")]).toEqual([setting, sums]);
      expect(promise.endsWith(": refused")).toBe(setting === "off");
    });
  });
});
