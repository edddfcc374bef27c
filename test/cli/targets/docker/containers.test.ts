import type { ContainerInspectInfo } from "dockerode";
import { describe, expect, test } from "vitest";
import { healthcheck } from "../../../../components/targets/docker/health.ts";
import { containersOf, endOfLog, judge } from "../../../../cli/targets/docker/containers.ts";

type State = Partial<Omit<ContainerInspectInfo["State"], "Health">> & { readonly health?: string };

function container({ health, ...state }: State, restart = "unless-stopped", Test: string[] = []) {
  const Health = health === undefined ? undefined : { Status: health, FailingStreak: 0, Log: [] };
  return {
    State: { Status: "running", Error: "", ExitCode: 0, ...state, Health },
    HostConfig: { RestartPolicy: { Name: restart } },
    Config: { Healthcheck: { Test } },
  } as unknown as ContainerInspectInfo;
}

describe("judging a container", () => {
  test.each([
    ["healthy", container({ health: "healthy" }), { ok: true, settling: false, detail: "healthy" }],
    ["running without a health check", container({}), { ok: true, settling: false, detail: "running" }],
    [
      "a job that ended well",
      container({ Status: "exited" }, "no"),
      { ok: true, settling: false, detail: "done" },
    ],
    ["starting", container({ health: "starting" }), { ok: false, settling: true, detail: "starting" }],
    ["unhealthy", container({ health: "unhealthy" }), { ok: false, settling: true, detail: "unhealthy" }],
    [
      "a job that failed",
      container({ Status: "exited", ExitCode: 3 }, "no"),
      { ok: false, settling: false, detail: "exited with 3" },
    ],
    [
      "a service that ended, even well",
      container({ Status: "exited" }),
      { ok: false, settling: false, detail: "exited with 0" },
    ],
    ["restarting", container({ Status: "restarting" }), { ok: false, settling: true, detail: "restarting" }],
    [
      "a start that Docker refused",
      container({ Status: "created", ExitCode: 128, Error: "port is already allocated" }),
      { ok: false, settling: false, detail: "created: port is already allocated" },
    ],
  ])("%s", (_, inspected, verdict) => {
    expect(judge(inspected)).toEqual(verdict);
  });
});

test("[G15] a container tells by which check of its service it is well", () => {
  const check = { kind: "http", port: "web", path: "/health" } as const;
  const { tests } = healthcheck({ probes: { readiness: { check } }, ports: { web: { number: 8000 } } });
  expect(judge(container({ health: "healthy" }, "unless-stopped", tests)).detail).toBe(
    "healthy (http 8000 /health)",
  );
  const command = ["sh", "-c", "pg_isready --host 127.0.0.1 --username postgres --dbname postgres"];
  const long = healthcheck({ probes: { readiness: { check: { kind: "exec", command } } } });
  expect(judge(container({ health: "unhealthy" }, "unless-stopped", long.tests)).detail).toBe(
    "unhealthy (sh -c 'pg_isready --host 127.0.0.1 --username postgres --db…)",
  );
  expect(judge(container({ health: "healthy" }, "unless-stopped", ["CMD", "true"])).detail).toBe("healthy");
});

/** The part of a Docker client that lists and inspects. */
function dockerWith(containers: Readonly<Record<string, ContainerInspectInfo>>) {
  return {
    listContainers: async () => Object.keys(containers).map((Id) => ({ Id })),
    getContainer: (id: string) => ({ inspect: async () => ({ ...containers[id], Id: id, Name: `/${id}` }) }),
  } as never;
}

test("containers that only carry files are left out, and the others are in order", async () => {
  const docker = dockerWith({
    "box-web": container({ health: "healthy" }),
    "box-web-files": container({ Status: "created" }),
    "box-cache": container({ health: "unhealthy" }),
  });
  expect((await containersOf(docker, "box")).map(({ name }) => name)).toEqual(["box-cache", "box-web"]);
});

test("the end of a log is what the process wrote, without Docker's frames", async () => {
  const frame = (text: string) =>
    Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0, text.length]), Buffer.from(text)]);
  const logs = async () => Buffer.concat([frame("one\n"), frame("two\n")]);
  const docker = { getContainer: () => ({ logs }) } as never;
  expect(await endOfLog(docker, "id", 20)).toBe("one\ntwo");
});
