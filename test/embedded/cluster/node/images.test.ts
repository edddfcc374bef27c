import { describe, expect, it } from "vitest";
import { fullReference } from "../../../../embedded/cluster/node/images.ts";

describe("the name by which containerd knows an image of Docker", () => {
  it.each([
    ["busybox", "docker.io/library/busybox:latest"],
    ["busybox:1.35.0", "docker.io/library/busybox:1.35.0"],
    ["keelson/reference-app:0.1.0", "docker.io/keelson/reference-app:0.1.0"],
    ["registry.example.com/team/app", "registry.example.com/team/app:latest"],
    ["registry.example.com:5000/app:2", "registry.example.com:5000/app:2"],
    ["localhost/app:2", "localhost/app:2"],
  ])("of %s is %s", (reference, full) => {
    expect(fullReference(reference)).toBe(full);
  });
});
