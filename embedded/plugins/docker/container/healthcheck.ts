import type { HealthConfig } from "dockerode";
import { formatDuration, parseDuration } from "../duration.ts";
import type { ContainerInputs } from "./types.ts";

type Healthcheck = NonNullable<ContainerInputs["healthcheck"]>;

/** What an engine before this API version does not know: a pace of its own for checks during the start period. */
export const startIntervalApiVersion = "1.44";

export function healthcheck(check: Healthcheck | undefined): HealthConfig | undefined {
  return (
    check && {
      Test: [...(check.tests ?? [])],
      Interval: parseDuration(check.interval ?? "0s"),
      Timeout: parseDuration(check.timeout ?? "0s"),
      StartPeriod: parseDuration(check.startPeriod ?? "0s"),
      StartInterval: parseDuration(check.startInterval ?? "0s"),
      Retries: check.retries ?? 0,
    }
  );
}

export function healthcheckOutputs(config: HealthConfig): Required<Healthcheck> {
  return {
    tests: config.Test ?? [],
    interval: formatDuration(config.Interval ?? 0),
    timeout: formatDuration(config.Timeout ?? 0),
    startPeriod: formatDuration(config.StartPeriod ?? 0),
    startInterval: formatDuration(config.StartInterval ?? 0),
    retries: config.Retries ?? 0,
  };
}
