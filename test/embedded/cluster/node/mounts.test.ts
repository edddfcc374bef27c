import { describe, expect, it } from "vitest";
import { parseMounts } from "../../../../embedded/cluster/node/mounts.ts";

describe("reading what is mounted", () => {
  it("finds the place and the type of each file system, with or without optional fields", () => {
    const text = [
      "22 27 0:20 / /sys rw,nosuid shared:7 master:1 - sysfs sysfs rw",
      "36 22 0:31 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory",
      "",
    ].join("\n");
    expect(parseMounts(text)).toEqual([
      { mountPoint: "/sys", type: "sysfs" },
      { mountPoint: "/sys/fs/cgroup/memory", type: "cgroup" },
    ]);
  });

  it("reads a blank in a path", () => {
    const [mount] = parseMounts(String.raw`40 22 0:31 / /home/some\040body/it rw - tmpfs a\040b rw`);
    expect(mount).toEqual({ mountPoint: "/home/some body/it", type: "tmpfs" });
  });
});
