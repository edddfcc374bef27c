import type * as docker from "@pulumi/docker";
import type { Check, Probe, Workload } from "../../model/workload.ts";
import { tool, TOOLS } from "./scripts.ts";

/** Time between two checks while a container starts, in seconds: Docker's own, which knows only one. */
const STARTING_SECONDS = 1;

/** The command that makes a check inside the container. */
const commands: {
  readonly [Kind in Check["kind"]]: (
    check: Extract<Check, { kind: Kind }>,
    ports: Ports,
  ) => readonly string[];
} = {
  exec: ({ command }) => command,
  http: ({ port, path }, ports) => [tool("http"), `${ports[port]!.number}`, path],
  tcp: ({ port }, ports) => [tool("tcp"), `${ports[port]!.number}`],
};

type Ports = NonNullable<Workload["ports"]>;

/** The one health check that Docker knows: readiness, with liveness inside it. */
export function healthcheck({ probes, ports = {} }: Pick<Workload, "probes" | "ports">) {
  const { readiness, liveness = readiness, startupSeconds = 60 } = probes;
  const { failures = 3, periodSeconds = 10 } = readiness;
  const pause = Math.max(0, periodSeconds - STARTING_SECONDS);
  const [readySeconds, liveSeconds] = [secondsOf(readiness), secondsOf(liveness)];
  return {
    tests: [
      "CMD",
      tool("check"),
      ...[`${liveness.failures ?? 3}`, `${pause}`],
      ...[`${readySeconds}`, shell(readiness, ports)],
      ...[`${liveSeconds}`, shell(liveness, ports)],
    ],
    interval: duration(STARTING_SECONDS),
    // All checks end by themselves; this is for a machine that is too busy to end them.
    timeout: duration(pause + readySeconds + liveSeconds + 5),
    retries: failures,
    startPeriod: duration(startupSeconds),
  } satisfies docker.types.input.ContainerHealthcheck;
}

/** The readiness check inside a container's health check, as `http 8000 /health`; nothing for one that is not made here. */
export function readinessIn(tests: readonly string[]): string | undefined {
  const [, program, , , , readiness] = tests;
  return program === tool("check") ? readiness?.replaceAll(`${TOOLS}/`, "") : undefined;
}

function secondsOf({ timeoutSeconds = 5 }: Probe): number {
  return timeoutSeconds;
}

/** A time in Go's own form: any other is read back differently, and counts as a change at every update. */
export function duration(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60] as const;
  const first = parts.findIndex((part) => part > 0);
  if (first < 0) return "0s";
  return ["h", "m", "s"].map((unit, index) => (index < first ? "" : `${parts[index]}${unit}`)).join("");
}

/** A command as one word of a shell. */
export function shell({ check }: Pick<Probe, "check">, ports: Ports): string {
  const make = commands[check.kind] as (check: Check, ports: Ports) => readonly string[];
  return make(check, ports).map(quoted).join(" ");
}

/** Text as a shell reads it back unchanged. */
export function quoted(text: string): string {
  return /^[\w./:=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
