import { expect, it } from "vitest";
import { tool } from "../../components/targets/docker/scripts.ts";
import { type DockerStack, serviceOf } from "./docker-stack.ts";
import { laws, type Up } from "./laws.ts";
import type { References } from "./references.ts";

/** What is expected of one stack, beside what holds for all. */
export interface Expected {
  /** Ports of the host that it opens, as `service address:port`. */
  readonly published: readonly string[];
  /** Secrets that it has generated, at least. */
  readonly secrets: number;
}

/**
 * What holds for every stack on a Docker host while it is up.
 *
 * @param references - who refers to whom
 */
export function lawsOnDocker(
  up: () => Up<DockerStack>,
  references: () => References,
  expected: Expected,
): void {
  laws(up, expected.secrets);

  it("[G7] has every container bounded, unprivileged and watched, or with a reason written down", async () => {
    for (const { Name, Config, HostConfig, State } of await up().stack.containers()) {
      const lasting = HostConfig.RestartPolicy?.Name === "unless-stopped";
      const started = State.Status !== "created";
      expect(HostConfig.Privileged, Name).toBe(false);
      expect(HostConfig.CapDrop, Name).toEqual(["ALL"]);
      expect(HostConfig.SecurityOpt, Name).toContain("no-new-privileges:true");
      expect(HostConfig.Memory, Name).toBeGreaterThan(0);
      // The group 0 has no privileges; some images give it their files, so that any user can run them.
      expect(/^[1-9]\d*:\d/.test(Config.User) || Boolean(Config.Labels["keelson.root"]), Name).toBe(true);
      if (!started) continue;
      expect(HostConfig.NanoCpus, Name).toBeGreaterThan(0);
      expect(HostConfig.Ulimits, Name).toContainEqual(expect.objectContaining({ Name: "nproc" }));
      expect(HostConfig.LogConfig, Name).toMatchObject({
        Type: "json-file",
        Config: { "max-size": expect.any(String) },
      });
      if (!lasting) continue;
      expect(HostConfig.ReadonlyRootfs || Boolean(Config.Labels["keelson.writable-root"]), Name).toBe(true);
      expect(Config.Healthcheck?.Test?.[1], Name).toBe(tool("check"));
      expect(State.Health?.Status, Name).toBe("healthy");
    }
  });

  it("[G5] opens nothing on the host but what it says", async () => {
    const published = (await up().stack.containers()).flatMap((container) =>
      Object.values(
        (container.HostConfig.PortBindings ?? {}) as Record<string, { HostIp: string; HostPort: string }[]>,
      )
        .flat()
        .map(({ HostIp, HostPort }) => `${serviceOf(container)} ${HostIp}:${HostPort}`),
    );
    expect(published.toSorted()).toEqual(expected.published.toSorted());
  });

  it("[G5] leads every reference to its server, and nobody else to a store", async () => {
    const { stack } = up();
    const running = (await stack.containers()).filter(({ State }) => State.Running).map(serviceOf);
    const { stores, clientsOf } = references();
    expect(stores.length).toBeGreaterThan(0);
    // A network leads to all ports of its server.
    const mayReach = (client: string, server: string) =>
      stores.some(({ host, port }) => host === server && clientsOf(host, port).includes(client));
    // Docker's socket takes no more than some hundred questions at once.
    const wrong = running.map(async (client) => {
      const found: string[] = [];
      for (const { host, port } of stores.filter((store) => store.host !== client)) {
        // oxlint-disable-next-line no-await-in-loop
        const does = await stack.reaches(client, host, port);
        if (does !== mayReach(client, host))
          found.push(`${client} → ${host}:${port} is ${does ? "open" : "closed"}`);
      }
      return found;
    });
    expect((await Promise.all(wrong)).flat()).toEqual([]);
  });
}
