import type { Check, Probe } from "../../components/model/workload.ts";
import type { PortFacts, WorkloadFacts } from "../topology/topology.ts";

/** What the model takes where a probe does not say. */
const PERIOD_SECONDS = 10;
const STARTUP_SECONDS = 60;

/** How a service's state is found out, a line for each question. */
export function probesText({ ports, probes }: Pick<WorkloadFacts, "ports" | "probes">): readonly string[] {
  if (!probes) return [];
  const { readiness, liveness, startupSeconds = STARTUP_SECONDS } = probes;
  const text = (probe: Probe) =>
    `${checkText(probe.check, ports)}, every ${probe.periodSeconds ?? PERIOD_SECONDS} s`;
  const ready = text(readiness);
  const alive = liveness ? text(liveness) : ready;
  return [
    ...(ready === alive ? [`ready and alive: ${ready}`] : [`ready: ${ready}`, `alive: ${alive}`]),
    `has ${startupSeconds} s to start`,
  ];
}

const checks: {
  readonly [Kind in Check["kind"]]: (
    check: Extract<Check, { kind: Kind }>,
    numberOf: (port: string) => string,
  ) => string;
} = {
  exec: ({ command }) => shortened(command.join(" ")),
  http: ({ port, path }, numberOf) => `GET ${numberOf(port)}${path}`,
  tcp: ({ port }, numberOf) => `connects to ${numberOf(port)}`,
};

function checkText(check: Check, ports: readonly PortFacts[]): string {
  const numberOf = (port: string) => `:${ports.find(({ name }) => name === port)?.number ?? port}`;
  return (checks[check.kind] as (check: Check, numberOf: (port: string) => string) => string)(
    check,
    numberOf,
  );
}

/** Longest text of a command: some are whole scripts. */
const LONGEST = 60;

function shortened(command: string): string {
  const line = command.replaceAll(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
