import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalQuantity } from "../../../../../embedded/plugins/kubernetes/model/quantity.ts";

describe("a quantity", () => {
  it.each([
    ["1000m", "1"],
    ["0.5", "500m"],
    ["1500m", "1500m"],
    ["1.5", "1500m"],
    ["2000", "2k"],
    ["1024Mi", "1Gi"],
    ["1.5Gi", "1536Mi"],
    ["1536Mi", "1536Mi"],
    ["512Ki", "512Ki"],
    ["1023Ki", "1023Ki"],
    ["0.5Ki", "512"],
    ["1Ki", "1Ki"],
    ["0.3Mi", "314572800m"],
    ["64Mi", "64Mi"],
    ["1e3", "1e3"],
    ["1000e3", "1e6"],
    ["1E", "1E"],
    ["0.1n", "1n"],
    ["-1000m", "-1"],
    ["0", "0"],
    ["0Gi", "0"],
    [".5", "500m"],
    ["5.", "5"],
  ])("%s is kept as %s", (given, kept) => {
    expect(canonicalQuantity(given)).toBe(kept);
  });

  it.each(["", "much", "1 Gi", "1Q", "--1", "."])(
    "that is none, %j, stays for the API server to refuse",
    (given) => {
      expect(canonicalQuantity(given)).toBe(given);
    },
  );

  it("in the form that is kept is kept as it is", () => {
    const suffix = fc.constantFrom("", "m", "k", "M", "G", "Ki", "Mi", "Gi", "Ti");
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), suffix, (number, unit) => {
        const kept = canonicalQuantity(`${number}${unit}`);
        expect(canonicalQuantity(kept)).toBe(kept);
      }),
    );
  });
});
