import { createServer } from "node:http";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { deploy as stack, neighboursOf } from "../../stacks/deploy.ts";
import type { Given } from "../../stacks/settings.ts";
import { deploy } from "../support/engine.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** What a daemon lists of a container. */
const container = (name: string, service: string, promised: object) => ({
  Labels: {
    "keelson.stack": name,
    "keelson.service": service,
    "keelson.promised": JSON.stringify(promised),
  },
});

/** A Docker daemon that has some containers; its address. */
async function daemonWith(containers: readonly object[]): Promise<string> {
  const socket = path.join(temporaryFolder(), "docker.sock");
  const server = createServer(({ url = "" }, response) => {
    const asked = new URL(url, "http://docker");
    const answers: Record<string, unknown> = {
      "/version": { Version: "20.10.24", ApiVersion: "1.41" },
      "/v1.41/containers/json": asked.searchParams.get("all") === "true" ? containers : [],
    };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answers[asked.pathname] ?? {}));
  });
  await new Promise<void>((listening) => server.listen(socket, listening));
  onTestFinished(() => void server.close());
  return `unix://${socket}`;
}

const on = (docker: object): Given => ({
  values: {
    "keelson:platform": "acceleration",
    "keelson:target": "docker",
    "keelson:docker": JSON.stringify(docker),
  },
  secrets: new Set(),
});

const large = { cpus: 1.5, memoryMiB: 8192, storageGiB: 100 };

describe("a stack on a Docker host that others are on", () => {
  it("[G8, M2] is refused for what they have been promised there, with the arithmetic", async () => {
    const host = await daemonWith([
      container("crate", "models", large),
      container("acceleration", "web", large),
    ]);
    const given = on({ host });
    const neighbours = await neighboursOf(given);
    expect(neighbours).toEqual({
      crate: { cpuRequest: 1.5, memoryRequestMiB: 8192, storageGiB: 100, gpus: 0 },
    });
    await expect(deploy(() => stack(given))).resolves.not.toEqual([]);
    await expect(deploy(() => stack(given, neighbours))).rejects.toThrow(
      /this does not fit the host: .* of memory promised, 13\.60 can be; most go to stack "crate" \(8\.00\)/,
    );
  });

  it("[G8] is told apart from them by the name that it has there", async () => {
    const host = await daemonWith([container("box", "models", large), container("crate", "web", large)]);
    expect(Object.keys(await neighboursOf(on({ host, name: "box" })))).toEqual(["crate"]);
    expect(Object.keys(await neighboursOf(on({ host, name: "other" })))).toEqual(["box", "crate"]);
  });

  it("[G8] is not brought up where the host can't be asked; a preview says that others did not count", async () => {
    const given = on({ host: `unix://${path.join(temporaryFolder(), "nothing.sock")}` });
    const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue(undefined);
    onTestFinished(() => warn.mockRestore());
    await deploy(() =>
      expect(neighboursOf(given)).rejects.toThrow(
        /^what the host has promised to other stacks can't be asked: .*nothing\.sock/s,
      ),
    );
    expect(warn).not.toHaveBeenCalled();
    await deploy(async () => expect(await neighboursOf(given)).toEqual({}), { preview: true });
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/nothing\.sock.*left out of the capacity check of this preview$/s)],
    ]);
  });

  it("asks nobody on a target that keeps track of it itself", async () => {
    const nodes = JSON.stringify({ nodes: [{ cpus: 4, memoryGiB: 16, count: 3 }] });
    const values = {
      "keelson:platform": "acceleration",
      "keelson:target": "kubernetes",
      "keelson:kubernetes": nodes,
    };
    expect(await neighboursOf({ values, secrets: new Set() })).toEqual({});
  });
});
