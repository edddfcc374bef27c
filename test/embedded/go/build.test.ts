import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import { expect, test } from "vitest";
import { buildGo, type GoBuild } from "../../../embedded/go/build.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** A Go that writes down its arguments and makes the programs under the names that the real one gives them. */
const go = `#!/bin/sh
case "$1" in
  version) echo "go version go1.26.8 linux/amd64" ;;
  list) echo one ;;
  build)
    mkdir -p "$GOCACHE"
    echo "$@" >> "$GOCACHE/../../calls"
    echo "CGO_ENABLED=$CGO_ENABLED" >> "$GOCACHE/../../environment"
    for argument; do [ "$previous" = -o ] && folder="$argument"; previous="$argument"; done
    touch "$folder/server" "$folder/tool" ;;
esac`;

function prepare(change: Partial<GoBuild<"store" | "tool">> = {}) {
  const home = temporaryFolder({
    "bin/go": go,
    "bin/gcc": "#!/bin/sh",
    "bin/g++": "#!/bin/sh",
    "module/go.mod": "module example\n\ngo 1.26\n",
  });
  const build = () =>
    buildGo({
      what: "the example",
      module: path.join(home, "module"),
      programs: { store: "example.com/store/server/v3", tool: "example.com/tools/cmd/tool" },
      tags: ["netgo", "static"],
      variables: { "example.com/version.Version": "v3" },
      folder: path.join(home, "programs"),
      caches: path.join(home, "caches"),
      environment: { PATH: `${home}/bin:/usr/bin:/bin` },
      progress: () => undefined,
      ...change,
    });
  const calls = () => readFileSync(path.join(home, "calls"), "utf8").trim().split("\n");
  return { home, build, calls };
}

test("several programs are built in one go, and get the names that they are to have", async () => {
  const { home, build, calls } = prepare();
  const folder = path.join(home, "programs");
  expect(await build()).toEqual({ store: path.join(folder, "store"), tool: path.join(folder, "tool") });
  expect(readdirSync(folder)).toEqual(["store", "tool"]);
  expect(calls()).toHaveLength(1);
  expect(calls()[0]).toContain("-tags netgo,static -ldflags -s -w -X example.com/version.Version=v3");
});

test("parts in C and C++ are linked in whole, and nothing is built in C where there are none", async () => {
  const plain = prepare();
  await plain.build();
  const mixed = prepare({ cParts: true });
  await mixed.build();
  const environment = ({ home }: typeof plain) => readFileSync(path.join(home, "environment"), "utf8").trim();
  expect([plain, mixed].map(environment)).toEqual(["CGO_ENABLED=0", "CGO_ENABLED=1"]);
  expect(plain.calls()[0]).not.toContain("-linkmode");
  expect(mixed.calls()[0]).toContain("-ldflags -s -w -linkmode=external -extldflags=-static -X ");
});

test("a build that is stopped ends, and leaves no program", async () => {
  const { home, build } = prepare({ signal: AbortSignal.abort() });
  await expect(build()).rejects.toThrow("the example could not be built");
  expect(existsSync(path.join(home, "programs"))).toBe(false);
});

test("what is there is not built again, unless one of the programs is missing", async () => {
  const { home, build, calls } = prepare();
  const { tool } = await build();
  await build();
  expect(calls()).toHaveLength(1);
  rmSync(tool);
  await build();
  expect(calls()).toHaveLength(2);
  expect(existsSync(tool)).toBe(true);
  expect(existsSync(path.join(home, "caches.lock"))).toBe(false);
});

test("downloaded modules and compiled packages are kept for the next build", async () => {
  const { home, build } = prepare();
  await build();
  expect(existsSync(path.join(home, "caches", "objects"))).toBe(true);
});
