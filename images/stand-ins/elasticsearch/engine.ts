import { spawn } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as rest } from "node:timers/promises";
import { stringify } from "yaml";
import type { Settings } from "./settings.ts";

/** A request to the engine; a path begins with a slash and may have a query. */
export interface EngineRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: string | undefined;
  /** @defaultValue "application/json" */
  readonly contentType?: string;
}

/** Asks the engine behind, which asks nobody who they are. */
export type Ask = (request: EngineRequest) => Promise<Response>;

const HOME = "/usr/share/opensearch";

/** What the program writes beside the data: its configuration, and a keystore. */
const SCRATCH = "/tmp/opensearch";

const PORT = 9201;

/** Options by which the launcher of OpenSearch starts it (`SystemJvmOptions`), and leave for its security manager, which newer Java needs. */
const JAVA_OPTIONS = [
  "-Djava.security.manager=allow",
  "-Djava.io.tmpdir=/tmp",
  "-Dfile.encoding=UTF-8",
  "-Djna.nosys=true",
  "-Dio.netty.noUnsafe=true",
  "-Dio.netty.noKeySetOptimization=true",
  "-Dio.netty.recycler.maxCapacityPerThread=0",
  "-Dio.netty.allocator.numDirectArenas=0",
  "-Dlog4j.shutdownHookEnabled=false",
  "-Dlog4j2.disable.jmx=true",
  "-Djava.locale.providers=SPI,COMPAT",
];

/**
 * Starts OpenSearch, which listens at the loopback, and waits until it answers. Where it ends by itself, so does this process.
 */
export async function startEngine(
  settings: Settings,
): Promise<{ readonly ask: Ask; readonly stop: () => void }> {
  const configuration = path.join(SCRATCH, "config");
  mkdirSync(configuration, { recursive: true });
  cpSync(path.join(HOME, "config"), configuration, { recursive: true });
  writeFileSync(path.join(configuration, "opensearch.yml"), stringify(engineSettings(settings)));
  const folders = [`-Dopensearch.path.home=${HOME}`, `-Dopensearch.path.conf=${configuration}`];
  const main = ["-cp", `${HOME}/lib/*`, "org.opensearch.bootstrap.OpenSearch"];
  const engine = spawn("java", [...JAVA_OPTIONS, ...settings.javaOptions, ...folders, ...main], {
    stdio: ["ignore", "inherit", "inherit"],
    // What it does not need to know: passwords above all.
    env: { PATH: process.env["PATH"], HOME: SCRATCH },
  });
  let stopping = false;
  engine.once("exit", (code, signal) => {
    if (stopping) return;
    console.error(`OpenSearch ended by itself: ${signal ?? code}`);
    process.exit(1);
  });
  while (!(await answers())) await rest(200);
  return {
    ask: askEngine,
    stop: () => {
      stopping = true;
      engine.kill("SIGTERM");
    },
  };
}

function engineSettings({ cluster, node, data, mapped }: Settings) {
  return {
    "cluster.name": cluster,
    "node.name": node,
    "network.host": "127.0.0.1",
    "http.port": PORT,
    "discovery.type": "single-node",
    "path.data": data,
    "path.logs": path.join(SCRATCH, "logs"),
    "node.store.allow_mmap": mapped,
  };
}

const askEngine: Ask = ({ method, path: target, body, contentType = "application/json" }) =>
  fetch(`http://127.0.0.1:${PORT}${target}`, {
    method,
    ...(body !== undefined && { body, headers: { "content-type": contentType } }),
  });

async function answers(): Promise<boolean> {
  const response = await askEngine({ method: "GET", path: "/_cluster/health" }).catch(() => undefined);
  await response?.body?.cancel();
  return response?.ok ?? false;
}
