import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { licences } from "../../../embedded/parts/licences.ts";

it("gathers the licences of bundled packages, those of what they took over too", () => {
  const root = mkdtempSync(path.join(tmpdir(), "licences-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  write("node_modules/@scope/bundled/package.json", '{ "license": "Apache-2.0" }');
  write("node_modules/@scope/bundled/LICENSE", "terms of its own\n");
  write("node_modules/@scope/bundled/LICENSES/other/LICENSE", "terms of the other\n");
  write("node_modules/absent/package.json", '{ "license": "MIT" }');
  const inputs = { "node_modules/@scope/bundled/lib/index.js": { bytes: 1, imports: [] } };
  const text = licences(root, [{ inputs, outputs: {} }]);
  expect(text).toBe("── @scope/bundled: Apache-2.0\n\nterms of its own\n\nterms of the other");
});
