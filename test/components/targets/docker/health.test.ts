import { spawnSync } from "node:child_process";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { duration, healthcheck, quoted } from "../../../../components/targets/docker/health.ts";

describe("a health check on Docker", () => {
  const readiness = { check: { kind: "http", port: "web", path: "/health" }, timeoutSeconds: 7 } as const;
  const ports = { web: { number: 8080 } };

  it("asks for readiness, and for liveness where that fails", () => {
    const liveness = { check: { kind: "tcp", port: "web" }, failures: 6 } as const;
    expect(healthcheck({ probes: { readiness, liveness, startupSeconds: 90 }, ports })).toEqual({
      tests: [
        "CMD",
        "/run/keelson-tools/check",
        "6",
        "9",
        "7",
        "/run/keelson-tools/http 8080 /health",
        "5",
        "/run/keelson-tools/tcp 8080",
      ],
      interval: "1s",
      timeout: "26s",
      retries: 3,
      startPeriod: "1m30s",
    });
  });

  it("hands any command through the shell unchanged", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: "binary-ascii" }).map((text) => text.replaceAll("\0", "")),
          { minLength: 1, maxLength: 4 },
        ),
        (words) => {
          const { stdout } = spawnSync("sh", [
            "-c",
            `for word in ${words.map(quoted).join(" ")}; do printf '%s\\0' "$word"; done`,
          ]);
          expect(stdout.toString().split("\0").slice(0, -1)).toEqual(words);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe("a duration", () => {
  it.each([
    [0, "0s"],
    [59, "59s"],
    [60, "1m0s"],
    [3600, "1h0m0s"],
    [3725, "1h2m5s"],
  ])("of %i seconds is written as Go does: %s", (seconds, text) => expect(duration(seconds)).toBe(text));
});
