import { expect, test } from "vitest";
import {
  healthcheck,
  healthcheckOutputs,
} from "../../../../../embedded/plugins/docker/container/healthcheck.ts";

test("a health check is read back with its durations in Go's form", () => {
  const sent = healthcheck({
    tests: ["CMD", "true"],
    interval: "90s",
    timeout: "500ms",
    startPeriod: "60s",
    startInterval: "2s",
    retries: 3,
  });
  expect(sent && healthcheckOutputs(sent)).toEqual({
    tests: ["CMD", "true"],
    interval: "1m30s",
    timeout: "500ms",
    startPeriod: "1m0s",
    startInterval: "2s",
    retries: 3,
  });
});

test("what an engine leaves out of a health check is read as zero", () => {
  expect(healthcheckOutputs({ Test: ["NONE"] })).toEqual({
    tests: ["NONE"],
    interval: "0s",
    timeout: "0s",
    startPeriod: "0s",
    startInterval: "0s",
    retries: 0,
  });
});
