import { describe, expect, test } from "vitest";
import {
  judgeJob,
  judgePod,
  type JobStatus,
  type PodStatus,
} from "../../../../cli/targets/kubernetes/pod-status.ts";

type State = NonNullable<NonNullable<NonNullable<PodStatus["status"]>["containerStatuses"]>[number]["state"]>;

function pod(
  phase: string,
  change: { ready?: boolean; state?: State; restarts?: number; scheduled?: string } = {},
) {
  const { ready = false, state = {}, restarts = 0, scheduled } = change;
  return {
    status: {
      phase,
      conditions: [
        { type: "Ready", status: ready ? "True" : "False" },
        ...(scheduled
          ? [{ type: "PodScheduled", status: "False", reason: "Unschedulable", message: scheduled }]
          : []),
      ],
      containerStatuses: [{ name: "web", ready, restartCount: restarts, state, image: "", imageID: "" }],
    },
  } as PodStatus;
}

const waiting = (reason: string, message?: string): State => ({
  waiting: { reason, ...(message && { message }) },
});

test.each([
  [{ httpGet: { port: "http", path: "/health" } }, "ready (http http /health)"],
  [{ httpGet: { port: 8000 } }, "ready (http 8000 /)"],
  [{ tcpSocket: { port: 5432 } }, "ready (tcp 5432)"],
  [{ exec: { command: ["redis-cli", "ping"] } }, "ready (redis-cli ping)"],
])("[G15] a pod whose readiness probe is %j is %s", (readinessProbe, detail) => {
  const spec = { containers: [{ name: "side" }, { name: "web", readinessProbe }] };
  expect(judgePod({ ...pod("Running", { ready: true }), spec }).detail).toBe(detail);
});

describe("judging a pod", () => {
  test.each([
    ["ready", pod("Running", { ready: true }), true, false, "ready"],
    ["ready again", pod("Running", { ready: true, restarts: 2 }), true, false, "ready, restarted 2 times"],
    ["done", pod("Succeeded"), true, false, "done"],
    ["not ready yet", pod("Running"), false, true, "running, not ready"],
    ["being made", pod("Pending", { state: waiting("ContainerCreating") }), false, true, "ContainerCreating"],
    [
      "without a node",
      pod("Pending", { scheduled: "0/3 nodes are available: 3 Insufficient cpu" }),
      false,
      true,
      "pending: Unschedulable: 0/3 nodes are available: 3 Insufficient cpu",
    ],
    [
      "without its image",
      pod("Pending", { state: waiting("ImagePullBackOff", 'Back-off pulling image "web:9"') }),
      false,
      false,
      'ImagePullBackOff: Back-off pulling image "web:9"',
    ],
    [
      "ending over and over",
      pod("Running", { state: waiting("CrashLoopBackOff"), restarts: 1 }),
      false,
      false,
      "CrashLoopBackOff, restarted once",
    ],
    [
      "failed",
      pod("Failed", { state: { terminated: { exitCode: 137, reason: "OOMKilled" } } }),
      false,
      false,
      "exited with 137: OOMKilled",
    ],
    [
      "given up",
      { status: { phase: "Failed", reason: "Evicted", message: "low on memory" } },
      false,
      false,
      "failed: Evicted: low on memory",
    ],
    ["not seen by anybody yet", {}, false, true, "pending"],
  ] as const)("%s", (_, given, ok, settling, detail) => {
    expect(judgePod(given)).toEqual({ ok, settling, detail });
  });
});

describe("judging a job", () => {
  const job = (type?: string, reason?: string) =>
    ({ status: { conditions: type ? [{ type, status: "True", reason }] : [] } }) as JobStatus;

  test.each([
    ["done", job("Complete"), true, false, "done"],
    ["failed", job("Failed", "BackoffLimitExceeded"), false, false, "failed: BackoffLimitExceeded"],
    ["under way", job(), false, true, "running"],
    ["new", {}, false, true, "running"],
  ] as const)("%s", (_, given, ok, settling, detail) => {
    expect(judgeJob(given)).toEqual({ ok, settling, detail });
  });
});
