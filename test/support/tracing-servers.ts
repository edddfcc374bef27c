import { obtainImages } from "../../embedded/images/index.ts";
import { embeddedReference } from "../../embedded/images/recipes.ts";
import type { Setting } from "../../components/model/reference.ts";
import type { Workload } from "../../components/model/workload.ts";
import { Elasticsearch } from "../../components/services/elasticsearch.ts";
import { Jaeger } from "../../components/services/jaeger.ts";
import { OtelCollector } from "../../components/services/otel-collector.ts";
import type { Containers, Started } from "./containers.ts";
import { deploy } from "./engine.ts";
import { hardened } from "./hardened.ts";
import { RecordingTarget } from "./recording-target.ts";
import { runJob, startWorkload, texts, variablesOf } from "./started-workload.ts";

/** Begins the names of the indices with logs. */
export const INDEX = "lcnc-logs";

/** Whose indices they are. */
export const SHIPPER = { user: "logs", password: "generated-by-elasticsearch-logs" };

const SMALL = { cpuRequest: 0.5, cpuLimit: 2, memoryRequestMiB: 1024, memoryLimitMiB: 1024 };

/** Jaeger, Elasticsearch and a collector before them, made by their components, and services that send to it. */
export class TracingServers {
  readonly jaeger: Started;
  readonly elasticsearch: Started;
  readonly collector: Started;
  readonly #containers: Containers;
  readonly #application: string;
  readonly #variables: (service: string) => Readonly<Record<string, Setting>>;

  private constructor(
    containers: Containers,
    application: string,
    variables: (service: string) => Readonly<Record<string, Setting>>,
    [jaeger, elasticsearch, collector]: readonly [Started, Started, Started],
  ) {
    this.#containers = containers;
    this.#application = application;
    this.#variables = variables;
    this.jaeger = jaeger;
    this.elasticsearch = elasticsearch;
    this.collector = collector;
  }

  /** Starts them; each is ready when the next one that refers to it starts. */
  static async start(
    containers: Containers,
    ready: (server: Started, workload: Workload) => Promise<void>,
  ): Promise<TracingServers> {
    const { target, collector } = await model();
    const { "reference-app": application } = await obtainImages(["reference-app"], {
      docker: containers.docker,
      report: console.log,
    });
    const start = async (name: string, port: string) => {
      const workload = target.workloads[name]!;
      const server = await startWorkload(containers, name, workload, port);
      await ready(server, workload);
      return server;
    };
    const jaeger = await start("jaeger", "http");
    const elasticsearch = await start("elasticsearch", "http");
    const job = target.jobs["elasticsearch-logs-client"]!;
    const { status, log } = await runJob(containers, { ...job, image: embeddedReference("curl") });
    if (status !== 0) throw new Error(`the user for logs was not made: ${log}`);
    const servers = [jaeger, elasticsearch, await start("otel-collector", "metrics")] as const;
    return new TracingServers(
      containers,
      application.reference,
      (service) => collector.variablesOf(service),
      servers,
    );
  }

  /** Starts a service of the reference application, which knows the collector as a platform's services do. */
  async service(name: string, environment: Readonly<Record<string, string>> = {}): Promise<Started> {
    const variables = { ...(await texts(this.#variables(name))), ...environment };
    return this.#containers.start(name, {
      Image: this.#application,
      Cmd: ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8000"],
      Env: variablesOf({ SERVICE_NAME: name, ...variables }),
      User: "1000:1000",
      port: 8000,
      HostConfig: hardened({ Tmpfs: { "/tmp": "" } }),
    });
  }
}

async function model(): Promise<{ target: RecordingTarget; collector: OtelCollector }> {
  const target = new RecordingTarget();
  let collector: OtelCollector | undefined;
  await deploy(() => {
    const jaeger = new Jaeger("jaeger", { target, image: embeddedReference("jaeger"), maxTraces: 100 });
    const elasticsearch = new Elasticsearch("elasticsearch", {
      target,
      image: embeddedReference("elasticsearch"),
      resources: SMALL,
      storageGiB: 1,
    });
    collector = new OtelCollector("otel-collector", {
      target,
      image: embeddedReference("otel-collector"),
      traces: { to: jaeger.otlp, samplingRatio: 1 },
      logs: { search: elasticsearch.client(SHIPPER.user, { [`${INDEX}-*`]: {} }), index: INDEX },
    });
  });
  return { target, collector: collector! };
}
