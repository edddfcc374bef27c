import { describe, expect, it } from "vitest";
import type { SharedVolume } from "../../../../components/model/shared-volume.ts";
import type { Workload } from "../../../../components/model/workload.ts";
import { Docker } from "../../../../components/targets/docker/docker.ts";
import type { DockerArgs } from "../../../../components/targets/docker/docker-args.ts";
import { deploy, type Registration } from "../../../support/engine.ts";

const user = { uid: 1000, gid: 1000 };
const resources = { cpuRequest: 0.1, cpuLimit: 0.5, memoryRequestMiB: 64, memoryLimitMiB: 128 };
const plain: Workload = {
  image: "web:1",
  command: ["serve"],
  probes: { readiness: { check: { kind: "exec", command: ["true"] } } },
  resources,
  user,
};

const on = (args: DockerArgs, use: (target: Docker) => void) => deploy(() => use(new Docker("t", args)));
const named = (all: readonly Registration[], name: string) =>
  all.find((each) => each.type.startsWith("docker:") && each.name === name)!;
const mountAt = ({ inputs }: Registration, path: string) =>
  inputs["mounts"].find(({ target }: { target: string }) => target === path);

describe("a folder that several containers have", () => {
  const sharing = (use: (target: Docker, models: SharedVolume) => void, args: DockerArgs = {}) =>
    on(args, (target) => use(target, target.share("models", { sizeGiB: 10, user }, { parent: target })));

  it("[K6] is one volume of its user's, written by those that say so and read by the others", async () => {
    const all = await sharing((target, volume) => {
      const job = { ...plain, shared: { models: { volume, path: "/models", writable: true } } };
      target.complete("fetch", job, { parent: target });
      target.run("web", () => ({ ...plain, shared: { models: { volume, path: "/cache" } } }), {
        parent: target,
      });
    });
    const volume = named(all, "t-models-shared");
    expect(mountAt(named(all, "t-fetch"), "/models")).toMatchObject({
      source: volume.inputs["name"],
      readOnly: false,
    });
    expect(mountAt(named(all, "t-web"), "/cache")).toMatchObject({
      source: volume.inputs["name"],
      readOnly: true,
    });
    const owner = named(all, "t-models-owner");
    expect(owner.inputs["entrypoints"]).toContain("1000:1000");
    for (const name of ["t-fetch", "t-web"]) expect(named(all, name).dependencies, name).toContain(owner.urn);
  });

  it("[M8] leaves a container free to be replaced without a gap", async () => {
    const all = await sharing((target, volume) =>
      target.run("web", () => ({ ...plain, shared: { models: { volume, path: "/cache" } } }), {
        parent: target,
      }),
    );
    expect(named(all, "t-web").inputs["name"]).toBeUndefined();
  });

  it("[G6] is protected, and [G8] counted", async () => {
    const all = await sharing(() => {});
    expect(named(all, "t-models-shared")).toMatchObject({ protect: true, retainOnDelete: true });
    const machine = { cpus: 4, memoryGiB: 16, storageGiB: 10 };
    await expect(sharing(() => {}, { machine })).rejects.toThrow(/10 GiB of storage promised, 9 can be/);
  });
});

describe("a folder of the host", () => {
  const wanting = (folders: Record<string, string>, args: DockerArgs) =>
    on(args, (target) => void target.run("web", () => ({ ...plain, folders }), { parent: target }));

  it("[K6] is read where the container looks for it, and not written", async () => {
    const all = await wanting({ documents: "/documents" }, { folders: { documents: "/srv/documents" } });
    expect(mountAt(named(all, "t-web"), "/documents")).toMatchObject({
      type: "bind",
      source: "/srv/documents",
      readOnly: true,
    });
  });

  it("is refused where the host has no such folder, with those that it has", async () => {
    await expect(
      wanting({ documents: "/documents" }, { folders: { models: "/srv/models" } }),
    ).rejects.toThrow(
      /"web" wants the folder documents, and the host's are: models; state its path in folders/,
    );
  });

  it("is known by its name to whoever composes services", async () => {
    await on({ folders: { documents: "/srv/documents" } }, (target) =>
      expect([...target.folders]).toEqual(["documents"]),
    );
  });
});
