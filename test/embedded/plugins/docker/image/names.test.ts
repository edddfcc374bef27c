import { expect, test } from "vitest";
import { repoDigest } from "../../../../../embedded/plugins/docker/image/digest.ts";
import { repositoryAndTag } from "../../../../../embedded/plugins/docker/image/tag.ts";

test("an image's digest is that of the registry that its name belongs to", () => {
  const digests = ["mirror.example.com/redis@sha256:a", "redis@sha256:b"];
  expect(repoDigest("redis:8", digests)).toBe("redis@sha256:b");
  expect(repoDigest("local-name:8", digests)).toBe("mirror.example.com/redis@sha256:a");
  expect(repoDigest("redis:8", ["redis@sha256:b"])).toBe("redis@sha256:b");
  expect(repoDigest("redis:8", [])).toBe("");
});

test("the port of a registry is not taken for a tag", () => {
  expect(repositoryAndTag("registry:5000/app")).toEqual({ repo: "registry:5000/app", tag: "latest" });
  expect(repositoryAndTag("registry:5000/app:1.2")).toEqual({ repo: "registry:5000/app", tag: "1.2" });
});
