import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { expect, test } from "vitest";
import { content, mode } from "../../../../../embedded/plugins/docker/container/uploads.ts";

const upload = { file: "/etc/app.conf", executable: false };

test("a file is readable by all, executable if it says so, and else as its permissions say", () => {
  expect(mode(upload)).toBe(0o644);
  expect(mode({ ...upload, executable: true })).toBe(0o744);
  expect(mode({ ...upload, executable: true, permissions: "0400" })).toBe(0o400);
});

test("the content is text, bytes in base64, or a file of the machine that runs the update", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "keelson-uploads-"));
  try {
    await writeFile(path.join(folder, "source"), "from a file");
    expect((await content({ ...upload, content: "text" })).toString()).toBe("text");
    expect([...(await content({ ...upload, contentBase64: "AP8=" }))]).toEqual([0, 255]);
    expect((await content({ ...upload, source: path.join(folder, "source") })).toString()).toBe(
      "from a file",
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("an upload without content, or with more than one, is refused", async () => {
  await expect(content(upload)).rejects.toThrow(
    "one of 'content', 'content_base64', or 'source' must be set",
  );
  await expect(content({ ...upload, content: "a", source: "/b" })).rejects.toThrow(
    "only one of 'content', 'content_base64', or 'source' can be set",
  );
  await expect(content({ ...upload, source: "/does/not/exist" })).rejects.toThrow(
    "could not read file: /does/not/exist",
  );
});
