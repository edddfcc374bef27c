import { buffer } from "node:stream/consumers";
import { providerFunction, type Context } from "../../provider/resource.ts";
import type { InputsOf, Properties } from "../../provider/property.ts";
import type { DockerHost } from "../daemon/daemon.ts";
import { asking } from "../daemon/errors.ts";
import { readLog } from "../daemon/logs.ts";
import { parseDuration } from "../duration.ts";

const inputs = {
  name: { type: "string", required: true },
  showStdout: { type: "boolean", default: true },
  showStderr: { type: "boolean", default: true },
  since: { type: "string", default: "" },
  until: { type: "string", default: "" },
  timestamps: { type: "boolean", default: false },
  follow: { type: "boolean", default: false },
  tail: { type: "string", default: "" },
  details: { type: "boolean", default: false },
  discardHeaders: { type: "boolean", default: true },
  logsListStringEnabled: { type: "boolean", default: true },
} as const satisfies Properties;

const outputs = {
  ...inputs,
  id: { type: "string", output: true },
  logsListStrings: { type: { list: "string" }, output: true },
} as const satisfies Properties;

type LogsArguments = InputsOf<typeof inputs>;

/** The lines of a container's log. `follow` waits until the container has ended. */
export const getLogs = providerFunction({
  inputs,
  outputs,

  async call(args, { configuration, signal }: Context<DockerHost>) {
    const { engine } = await configuration.connect();
    const container = engine.getContainer(args.name);
    const doing = "dataSourceDockerLogsRead: error while asking for logs";
    const [{ Config }, log] = await Promise.all([
      asking(doing, container.inspect()),
      asking(doing, container.logs(request(args, signal)).then(buffer)),
    ]);
    const text = args.discardHeaders ? readLog(log, Config.Tty) : log.toString("utf8");
    return { ...args, id: args.name, logsListStrings: args.logsListStringEnabled ? lines(text) : null };
  },
});

/**
 * What the client is asked for. The parameters of `GET /containers/{id}/logs` are given apart from its own `follow`: without that
 * it would take a short log for JSON instead of answering its bytes.
 */
function request(args: LogsArguments, signal: AbortSignal): { readonly follow: true } {
  const options = { follow: true, abortSignal: signal, _query: query(args) } as const;
  return options;
}

function query(args: LogsArguments): Record<string, string> {
  return {
    stdout: String(args.showStdout),
    stderr: String(args.showStderr),
    timestamps: String(args.timestamps),
    follow: String(args.follow),
    details: String(args.details),
    ...(args.tail && { tail: args.tail }),
    ...(args.since && { since: unixTime(args.since, Date.now()) }),
    ...(args.until && { until: unixTime(args.until, Date.now()) }),
  };
}

/** A time as the daemon takes it, in seconds since 1970: it may be given so, as a date, or as the time that has passed (`10m`). */
export function unixTime(text: string, now: number): string {
  if (/^\d+(\.\d+)?$/.test(text)) return text;
  const date = Date.parse(text);
  return String((Number.isNaN(date) ? now - parseDuration(text) / 1e6 : date) / 1000);
}

function lines(text: string): string[] {
  const all = text.split(/\r?\n/);
  return all.at(-1) === "" ? all.slice(0, -1) : all;
}
