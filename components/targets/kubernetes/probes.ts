import type * as k8s from "@pulumi/kubernetes";
import type { Check, Probe, Workload } from "../../model/workload.ts";

type Handler = Pick<k8s.types.input.core.v1.Probe, "exec" | "httpGet" | "tcpSocket">;

const handlers: {
  readonly [Kind in Check["kind"]]: (check: Extract<Check, { kind: Kind }>) => Handler;
} = {
  exec: ({ command }) => ({ exec: { command: [...command] } }),
  http: ({ port, path }) => ({ httpGet: { port, path } }),
  tcp: ({ port }) => ({ tcpSocket: { port } }),
};

/**
 * Kubernetes' three probes: until the startup probe, which asks what readiness asks but each second, has succeeded
 * once, the other two rest; so a slow start is noticed soon and not taken for a death.
 */
export function probes({ readiness, liveness = readiness, startupSeconds = 60 }: Workload["probes"]) {
  return {
    startupProbe: { ...probe(readiness), periodSeconds: 1, failureThreshold: startupSeconds },
    readinessProbe: probe(readiness),
    livenessProbe: probe(liveness),
  };
}

function probe({ check, periodSeconds = 10, timeoutSeconds = 5, failures = 3 }: Probe) {
  const handler = handlers[check.kind] as (check: Check) => Handler;
  return { ...handler(check), periodSeconds, timeoutSeconds, failureThreshold: failures };
}
