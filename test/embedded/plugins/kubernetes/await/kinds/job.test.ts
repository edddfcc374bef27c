import { expect, test } from "vitest";
import { job as rule } from "../../../../../../embedded/plugins/kubernetes/await/kinds/job.ts";
import { condition, object, situation } from "../objects.ts";

const judge = (status: object, spec: object = {}) =>
  rule.judge(situation(object("batch/v1", "Job", { metadata: { name: "migrate" }, spec, status })));

test("a job is ready when it is complete", () => {
  expect(judge({ succeeded: 1, conditions: [condition("Complete", "True", "CompletionsReached")] })).toEqual({
    is: "ready",
  });
});

test.each([
  ["BackoffLimitExceeded", "Job has reached the specified backoff limit"],
  ["DeadlineExceeded", "Job was active longer than specified deadline"],
  [
    "PodFailurePolicy",
    "Container migrate for pod shop/migrate-x failed with exit code 42 matching FailJob rule at index 0",
  ],
])("a job that failed for %s is never ready", (reason, message) => {
  expect(judge({ failed: 1, conditions: [condition("Failed", "True", reason, message)] })).toEqual({
    is: "failed",
    reasons: [`[${reason}] ${message}`],
  });
});

test("a job whose failure is only on its way is waited for", () => {
  const status = {
    startTime: "2026-11-21T08:01:49Z",
    conditions: [condition("FailureTarget", "True", "BackoffLimitExceeded")],
  };
  expect(judge(status)).toMatchObject({ is: "waiting" });
});

test("a job that its specification suspends is not waited for, one that goes on is", () => {
  const status = { conditions: [condition("Suspended", "True", "JobSuspended", "Job suspended")] };
  expect(judge(status, { suspend: true })).toEqual({ is: "ready" });
  expect(judge(status, { suspend: false })).toMatchObject({ is: "waiting" });
});

test("the line beside a job says how far it is", () => {
  expect(judge({})).toMatchObject({ status: 'Waiting for Job "shop/migrate" to start' });
  expect(judge({ startTime: "2026-11-21T08:01:49Z", active: 1, failed: 2 })).toMatchObject({
    status: 'Waiting for Job "shop/migrate" to succeed (Active: 1 | Succeeded: 0 | Failed: 2)',
  });
});
