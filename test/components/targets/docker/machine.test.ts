import { describe, expect, it } from "vitest";
import { NodeExporter } from "../../../../components/services/node-exporter.ts";
import { Docker } from "../../../../components/targets/docker/docker.ts";
import { deploy, type Registration } from "../../../support/engine.ts";

const container = (all: readonly Registration[], name: string) =>
  all.find((each) => each.type === "docker:index/container:Container" && each.name === name)!.inputs;

describe("what measures the host", () => {
  const measured = () => deploy(() => new NodeExporter("node-exporter", { target: new Docker("t") }));

  it("[K9, G16] sees all of it, read-only and without a right that others lack, and says why", async () => {
    const { mounts, labels, user, capabilities, privileged } = container(await measured(), "t-node-exporter");
    expect(mounts).toContainEqual({
      type: "bind",
      source: "/",
      target: "/host",
      readOnly: true,
    });
    expect(labels).toContainEqual({
      label: "keelson.machine",
      value: "measures processors, memory and disks of the machine",
    });
    expect({ user, capabilities, privileged }).toEqual({
      user: "65534:65534",
      capabilities: { drops: ["ALL"] },
      privileged: undefined,
    });
  });

  it("[G16] is told where the host's files are", async () => {
    const { entrypoints } = container(await measured(), "t-node-exporter");
    for (const [option, path] of [
      ["rootfs", "/host"],
      ["procfs", "/host/proc"],
      ["sysfs", "/host/sys"],
    ])
      expect(entrypoints).toContain(`--path.${option}=${path}`);
  });
});
