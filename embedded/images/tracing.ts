import * as path from "node:path";
import { requiredVersion } from "../go/module.ts";
import { goProgram } from "./go-program.ts";
import { packageFolder } from "./package-folder.ts";

const recipe = (name: string) => path.join(packageFolder, "embedded", "images", "recipes", name);

const jaegerModule = recipe("jaeger");

/** Version of Jaeger in the `jaeger` image, as its Go module counts: 1.76 is Jaeger 2.13. */
export const jaegerVersion = requiredVersion(jaegerModule, "github.com/jaegertracing/jaeger");

/** Jaeger, without the page that its Go module doesn't bring along. */
export async function jaegerServer(
  folder: string,
  signal: AbortSignal,
  report: (line: string) => void,
): Promise<void> {
  const server = {
    what: "Jaeger",
    name: "jaeger",
    package: "github.com/jaegertracing/jaeger/cmd/jaeger",
    version: jaegerVersion,
    module: jaegerModule,
    variables: { "github.com/jaegertracing/jaeger/internal/version.latestVersion": `v${jaegerVersion}` },
  };
  await goProgram(server, path.join(folder, "jaeger"), signal, report);
}

/** The collector's sources and what they require. */
const collectorModule = path.join(recipe("otel-collector"), "collector");

/** Version of the collector in the `otel-collector` image. */
export const otelCollectorVersion = requiredVersion(collectorModule, "go.opentelemetry.io/collector/otelcol");

/** The collector of those components that keelson configures; the exporter for Elasticsearch stands in for the official one. */
export async function otelCollector(
  folder: string,
  signal: AbortSignal,
  report: (line: string) => void,
): Promise<void> {
  const collector = {
    what: "the OpenTelemetry collector",
    name: "otel-collector",
    package: "keelson/embedded/otel-collector",
    version: otelCollectorVersion,
    module: collectorModule,
  };
  await goProgram(collector, path.join(folder, "otel-collector"), signal, report);
}
