import Docker from "dockerode";
import { afterAll, beforeAll, expect, it } from "vitest";
import { spaceOf } from "../../cli/doctor/space.ts";
import { lookInside, ownKernel } from "../../cli/targets/docker/doctor/inside.ts";
import { embeddedReference } from "../../embedded/images/recipes.ts";
import type { Containers } from "../support/containers.ts";
import { openWith } from "../support/embedded-images.ts";

const docker = new Docker();
let containers: Containers;

beforeAll(async () => {
  containers = await openWith("doctor", "busybox");
});
afterAll(() => containers.close());

it("[G15] a container sees of its host what the host itself sees: the kernel's settings, and the disk with Docker's data", async () => {
  const names = ["vm.max_map_count", "vm.overcommit_memory", "vm.no_such_setting"];
  const { kernel, space } = await lookInside(docker, embeddedReference("busybox"), names);
  expect(kernel).toEqual(await ownKernel(names));
  const { DockerRootDir } = (await docker.info()) as { DockerRootDir: string };
  const { totalGiB } = await spaceOf(DockerRootDir);
  expect(space.totalGiB).toBeCloseTo(totalGiB, 1);
  expect(space.freeGiB).toBeLessThan(totalGiB);
});

it("such a container is gone when it has answered", async () => {
  const image = embeddedReference("busybox");
  const list = async () => {
    const all = await docker.listContainers({ all: true, filters: { ancestor: [image] } });
    return all.filter(({ Command }) => Command.includes("df -Pk"));
  };
  await lookInside(docker, image, []);
  await expect.poll(list, { timeout: 10_000 }).toEqual([]);
});
