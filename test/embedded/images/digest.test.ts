import { chmodSync, utimesSync } from "node:fs";
import * as path from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digestOf, digestOfFolder } from "../../../embedded/images/digest.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

describe("the digest of texts", () => {
  it("tells apart the same characters cut into other texts", () => {
    const texts = fc.array(fc.string(), { maxLength: 4 });
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(digestOf(...one) === digestOf(...other)).toBe(same);
      }),
    );
    expect(digestOf("ab", "c")).not.toBe(digestOf("a", "bc"));
  });
});

describe("the digest of a folder", () => {
  const files = { Dockerfile: "FROM base", "scripts/start": "#!/bin/sh" };

  it("is the same for the same files, whatever their times and modes", () => {
    const [one, other] = [temporaryFolder(files), temporaryFolder(files)];
    chmodSync(path.join(other, "Dockerfile"), 0o600);
    utimesSync(path.join(other, "Dockerfile"), 0, 0);
    expect(digestOfFolder(one)).toBe(digestOfFolder(other));
  });

  it.each([
    ["a content", { ...files, Dockerfile: "FROM other" }],
    ["a name", { "Dockerfile.old": "FROM base", "scripts/start": "#!/bin/sh" }],
    ["a folder", { Dockerfile: "FROM base", "programs/start": "#!/bin/sh" }],
    ["one more file", { ...files, "scripts/stop": "" }],
  ])("changes with %s", (_, changed) => {
    expect(digestOfFolder(temporaryFolder(changed))).not.toBe(digestOfFolder(temporaryFolder(files)));
  });
});
