import * as fc from "fast-check";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";
import { describe, expect, test } from "vitest";
import { parseOptions, splitArguments } from "../../../embedded/language-host/options.ts";

describe("runtime options of Pulumi.yaml", () => {
  test("default to those of the official language host: TypeScript through ts-node, any package manager", () => {
    expect(parseOptions(undefined)).toEqual({
      typescript: true,
      nodeargs: "",
      packagemanager: "auto",
      production: false,
    });
  });

  test("are refused all at once, each by its name", () => {
    const options = structProto.Struct.fromJavaScript({ packagemanager: "apt", production: "yes" });
    expect(() => parseOptions(options)).toThrow(/packagemanager: .*"npm".*; production: .*boolean/);
  });
});

describe("splitting nodeargs", () => {
  test("keeps what is quoted together", () => {
    expect(splitArguments(`--require "./a file.js"  --title='x y' --inspect`)).toEqual([
      "--require",
      "./a file.js",
      "--title=x y",
      "--inspect",
    ]);
  });

  test("gives back any words that were quoted and joined", () => {
    const word = fc.string({ minLength: 1 }).filter((text) => !/["']/.test(text));
    fc.assert(
      fc.property(fc.array(word), (words) => {
        expect(splitArguments(words.map((text) => `"${text}"`).join(" "))).toEqual(words);
      }),
    );
  });
});
