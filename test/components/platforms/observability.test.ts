import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { isHidden } from "../../../components/model/reference.ts";
import { STANDARD_DASHBOARDS } from "../../../components/monitoring/standard-dashboards.ts";
import { observabilityOf } from "../../../components/platforms/observability.ts";
import type { ObservabilityArgs } from "../../../components/platforms/observability-args.ts";
import { images } from "../../../components/images.ts";
import { deploy } from "../../support/engine.ts";
import { observedNames, platformOn, textIn } from "../../support/observed-platforms.ts";
import { RecordingTarget } from "../../support/recording-target.ts";

/** What Prometheus reads, by the name of the service. */
async function jobsOf(target: RecordingTarget): Promise<string[]> {
  const { scrape_configs: jobs } = parse(await textIn(target, "prometheus", "files", "prometheus.yml")) as {
    scrape_configs: { job_name: string }[];
  };
  return jobs.map(({ job_name: name }) => name);
}

const alertsOf = async (target: RecordingTarget) => {
  const { groups } = JSON.parse(await textIn(target, "prometheus", "files", "alerts.yml")) as {
    groups: { rules: { alert: string; for: string }[] }[];
  };
  return groups.flatMap(({ rules }) => rules);
};

const titlesOf = async (target: RecordingTarget) => {
  const files = Object.keys(target.workloads["grafana"]!.files!).filter((name) => name.endsWith(".json"));
  const texts = await Promise.all(files.map((name) => textIn(target, "grafana", "files", name)));
  return texts.map((text) => (JSON.parse(text) as { title: string }).title);
};

/** Applications, as the platform's own document names them. */
const APPLICATIONS = {
  acceleration: [
    "agents",
    "gateway",
    "observability",
    "orchestrator",
    "rag",
    "sqltool",
    "tools",
    "web",
    "workflow-engine",
  ],
  melvin: ["api", "worker"],
  semantik: ["vecpipe", "webui", "worker"],
  skills: ["backend", "dashboard"],
  orchestration: ["core-services", "mcp-server"],
};
const EXPORTERS = {
  acceleration: ["postgres-exporter", "redis-exporter"],
  melvin: ["mongodb-exporter", "postgres-exporter"],
  semantik: ["postgres-exporter", "redis-exporter"],
  skills: [],
  orchestration: [],
};
/** Pages of what each runs, beside the standard ones. */
const PAGES = {
  acceleration: ["PostgreSQL", "Redis"],
  melvin: ["MongoDB", "PostgreSQL"],
  semantik: ["PostgreSQL", "Redis"],
  skills: [],
  orchestration: ["Agent Metrics"],
};

describe.each(observedNames)("%s, observed", (name) => {
  let target: RecordingTarget;
  let outputs: Awaited<ReturnType<typeof platformOn>>["made"];

  beforeAll(async () => {
    ({ target, made: outputs } = await platformOn(name, true));
  });

  it("[G16] [A8] [K9] reads all that publishes metrics, but Grafana, which comes later", async () => {
    const publishing = Object.entries(target.workloads)
      .filter(([service, { metrics }]) => metrics && service !== "grafana")
      .map(([service]) => service);
    expect((await jobsOf(target)).toSorted()).toEqual([...publishing, "prometheus"].toSorted());
    expect(publishing).toEqual(expect.arrayContaining([...EXPORTERS[name], "node-exporter", "jaeger"]));
  });

  it("[G16] [K9] has an exporter for each store without metrics of its own, and none for others", () => {
    const made = Object.keys(target.workloads).filter((service) =>
      /^(postgres|redis|mongodb)-exporter$/.test(service),
    );
    expect(made.toSorted()).toEqual(EXPORTERS[name]);
  });

  it("[G16] [A8] [K9] has every alert and every dashboard that a workload declares, each once", async () => {
    const workloads = Object.values(target.workloads);
    const declared = workloads.flatMap(({ alerts = {} }) => Object.keys(alerts));
    const names = (await alertsOf(target)).map(({ alert }) => alert);
    expect(names).toEqual(expect.arrayContaining([...declared, "Down", "DiskNearlyFull"]));
    expect(new Set(names).size).toBe(names.length);
    const titles = [...STANDARD_DASHBOARDS.map(({ title }) => title), ...PAGES[name], "Traces and logs"];
    expect((await titlesOf(target)).toSorted()).toEqual(titles.toSorted());
  });

  it("[G8] is promised all that it runs, and nothing else", async () => {
    const without = (await platformOn(name, false)).target;
    const added = Object.keys(target.workloads).filter((service) => !(service in without.workloads));
    expect(
      Object.keys(target.plan)
        .filter((service) => !(service in without.plan))
        .toSorted(),
    ).toEqual(added.toSorted());
    for (const service of added) {
      const { resources, volumes = {} } = target.workloads[service]!;
      const storageGiB = Object.values(volumes).reduce((sum, { sizeGiB }) => sum + sizeGiB, 0);
      const { cpuRequest, memoryRequestMiB, storageGiB: room = 0 } = target.plan[service]!;
      expect([service, cpuRequest, memoryRequestMiB, room]).toEqual([
        service,
        resources.cpuRequest,
        resources.memoryRequestMiB,
        storageGiB,
      ]);
    }
  });

  it("[A8] has every application trace a tenth of its requests, under its own name", async () => {
    for (const application of APPLICATIONS[name]) {
      const told = (variable: string) => textIn(target, application, "env", variable);
      expect(await told("OTEL_SERVICE_NAME")).toBe(application);
      expect(await told("OTEL_EXPORTER_OTLP_ENDPOINT")).toBe("http://otel-collector:4318");
      expect(await told("OTEL_TRACES_SAMPLER_ARG")).toBe("0.1");
      expect(await told("OTEL_LOGS_EXPORTER")).toBe("none");
    }
  });

  it("[K9] leads to Grafana on its own host, and says who may log in there and whether it is well", async () => {
    const { routes } = target.exposures["proxy"]!;
    expect(Object.keys(routes)).toEqual(expect.arrayContaining(["/", "/grafana"]));
    expect(outputs.health).toMatchObject({ grafana: "http://box.test/grafana/api/health" });
    expect(outputs.logins.grafana!.user).toBe("admin");
    const { username, password } = target.kept["grafana-admin"]!;
    expect([username, isHidden(password!)]).toEqual(["admin", true]);
  });

  it("[G2] makes nothing of all that where it is not observed", async () => {
    const { target: alone, made } = await platformOn(name, false);
    const names = Object.keys(alone.workloads).filter((service) => service in target.workloads);
    expect(Object.keys(alone.workloads)).toEqual(names);
    expect(names).not.toEqual(expect.arrayContaining(["prometheus"]));
    expect(Object.keys(alone.exposures["proxy"]!.routes)).not.toContain("/grafana");
    expect(made.logins.grafana).toBeUndefined();
    for (const application of APPLICATIONS[name])
      expect(
        Object.keys(alone.workloads[application]!.env!).filter((key) => key.startsWith("OTEL_")),
      ).toEqual([]);
  });
});

describe("how a platform is observed", () => {
  const acceleration = async (args: ObservabilityArgs) => (await platformOn("acceleration", args)).target;

  it("[A8] traces another share of the requests, or none", async () => {
    const often = await acceleration({ samplingRatio: 0.5 });
    expect(await textIn(often, "tools", "env", "OTEL_TRACES_SAMPLER_ARG")).toBe("0.5");
    const never = Object.keys((await acceleration({ traces: false })).workloads);
    expect(never.filter((name) => name === "jaeger" || name === "otel-collector")).toEqual([]);
  });

  it("[A8] sends logs to an Elasticsearch server of its own when they are chosen, under the platform's name", async () => {
    const target = await acceleration({ logs: true });
    expect(target.workloads["logs"]!.image).toBe(images.elasticsearch);
    expect(target.plan["logs"]).toMatchObject({ storageGiB: 20 });
    expect(await textIn(target, "tools", "env", "OTEL_LOGS_EXPORTER")).toBe("otlp");
    expect(await textIn(target, "otel-collector", "files", "collector.yaml")).toContain('"lcnc-logs"');
  });

  it("[A8] sends logs to the platform's own Elasticsearch server, where it has one", async () => {
    const { target } = await platformOn("skills", { logs: true });
    expect(target.workloads["logs"]).toBeUndefined();
    expect(target.plan["logs"]).toBeUndefined();
    expect(await textIn(target, "otel-collector", "env", "LOGS_ENDPOINT")).toBe("http://elasticsearch:9200");
    expect(await textIn(target, "otel-collector", "files", "collector.yaml")).toContain('"skills-logs"');
  });

  it("[A8] sends logs to a server that somebody else runs, and promises none", async () => {
    const admin = { user: "elastic", password: "secret" };
    const external = { url: "https://logs.example.com:9200", admin };
    const target = await acceleration({ logs: { external, index: "other" } });
    expect(target.workloads["logs"]).toBeUndefined();
    expect(target.plan["logs"]).toBeUndefined();
    expect(await textIn(target, "otel-collector", "env", "LOGS_ENDPOINT")).toBe(
      "https://logs.example.com:9200",
    );
  });

  it("[G10] alerts sooner, and keeps more for longer, when it is told to", async () => {
    const target = await acceleration({ downSeconds: 0, storageGiB: 50, retentionDays: 90 });
    expect((await alertsOf(target)).find(({ alert }) => alert === "Down")!.for).toBe("0s");
    const { command, volumes } = target.workloads["prometheus"]!;
    expect(command).toContain("--storage.tsdb.retention.time=90d");
    expect(volumes!["data"]!.sizeGiB).toBe(50);
    expect(target.plan["prometheus"]).toMatchObject({ storageGiB: 50 });
  });

  it("[G10] runs other images than the catalogue's when it is told to", async () => {
    const names = [
      "prometheus",
      "grafana",
      "jaeger",
      "otel-collector",
      "node-exporter",
      "redis-exporter",
    ] as const;
    const given = Object.fromEntries(names.map((name) => [name, `example/${name}:1`]));
    const { workloads } = await acceleration({ images: given });
    for (const name of names) expect(workloads[name]!.image).toBe(`example/${name}:1`);
  });

  it("says beforehand where copies find the metrics that they follow", async () => {
    expect((await acceleration({})).metricsServers).toEqual(["prometheus"]);
    expect((await platformOn("acceleration", false)).target.metricsServers).toEqual([]);
  });

  it("[G10] is refused with all mistakes at once, before anything is made", () => {
    const wrong = {
      samplingRatio: 2,
      storageGiB: 0,
      retentionDays: 1.5,
      downSeconds: -1,
      logs: { index: "Lcnc" },
    };
    const platform = { target: new RecordingTarget(), host: "box.test", logIndex: "logs" };
    const refused = () => observabilityOf(wrong, platform);
    for (const name of ["samplingRatio", "storageGiB", "retentionDays", "downSeconds", "logs.index"])
      expect(refused).toThrow(new RegExp(`${name}: .* can't be taken; give `));
    expect(platform.target.workloads).toEqual({});
  });
});

describe("a target that does not show its machines", () => {
  it("[K9] gets no node-exporter, which would measure its own container", async () => {
    const target = new (class extends RecordingTarget {
      override readonly showsMachine = false as true;
    })();
    await deploy(() => {
      const platform = { target, host: "box.test", logIndex: "logs" };
      const observability = observabilityOf(true, platform);
      expect(Object.keys(observability.demands)).not.toContain("node-exporter");
      observability.watch(undefined as never);
    });
    expect(Object.keys(target.workloads)).toEqual(["prometheus", "grafana"]);
  });
});
