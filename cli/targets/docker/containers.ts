import type Docker from "dockerode";
import type { ContainerInspectInfo } from "dockerode";
import { readinessIn } from "../../../components/targets/docker/health.ts";
import { STACK_LABEL } from "../../../components/targets/docker/host.ts";
import { readLog } from "../../../embedded/plugins/docker/daemon/logs.ts";
import { byCheck } from "../by-check.ts";

/** A container of a stack, and whether it is as it should be. */
export interface ContainerStatus {
  readonly id: string;
  readonly name: string;
  readonly ok: boolean;
  /** Not as it should be, but may get there without help. */
  readonly settling: boolean;
  /** In a few words: `healthy (http 8000 /health)`, `exited with 1` … */
  readonly detail: string;
}

/** The containers of a stack, by name. Those that carry files, and are never started, are left out. */
export async function containersOf(docker: Docker, prefix: string): Promise<ContainerStatus[]> {
  const found = await docker.listContainers({ all: true, filters: { label: [`${STACK_LABEL}=${prefix}`] } });
  const inspected = await Promise.all(found.map(({ Id }) => docker.getContainer(Id).inspect()));
  return inspected
    .filter((container) => !isCarrier(container))
    .map((container) => ({ id: container.Id, name: container.Name.slice(1), ...judge(container) }))
    .toSorted((one, other) => one.name.localeCompare(other.name));
}

/** The end of a container's log, as the process wrote it. */
export async function endOfLog(docker: Docker, id: string, lines: number): Promise<string> {
  const log = await docker
    .getContainer(id)
    .logs({ stdout: true, stderr: true, tail: lines, timestamps: false });
  return readLog(log, false).trimEnd();
}

type Inspected = Pick<ContainerInspectInfo, "State" | "HostConfig" | "Config">;

/** Created and never started; a start that failed leaves an error. */
function isCarrier({ State }: Inspected): boolean {
  return State.Status === "created" && State.Error === "" && State.ExitCode === 0;
}

/** Judges a container by what Docker knows of it. */
export function judge({ State, HostConfig, Config }: Inspected): Omit<ContainerStatus, "id" | "name"> {
  const { Status, ExitCode, Error: complaint, Health } = State;
  if (Status === "running") {
    // Without a health check, running is all that can be known.
    const health = Health?.Status ?? "none";
    const ok = health === "healthy" || health === "none";
    const detail =
      health === "none" ? "running" : `${health}${byCheck(readinessIn(Config.Healthcheck?.Test ?? []))}`;
    // Docker goes on checking what is unhealthy: it may have waited for another that was away.
    return { ok, settling: !ok, detail };
  }
  // A job that has done its work; whatever is to be restarted should not have ended.
  const isJob = ["", "no"].includes(HostConfig.RestartPolicy?.Name ?? "");
  if (Status === "exited" && ExitCode === 0 && isJob) return { ok: true, settling: false, detail: "done" };
  const detail = Status === "exited" ? `exited with ${ExitCode}` : Status;
  return {
    ok: false,
    settling: Status === "restarting",
    detail: complaint ? `${detail}: ${complaint}` : detail,
  };
}
