import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, test } from "vitest";
import { buildEngine, enginePath } from "../../../embedded/engine/build.ts";
import { engineVersion, moduleDirectory } from "../../../embedded/engine/version.ts";
import { goVersion } from "../../../embedded/go/module.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** This machine, in Go's terms. */
const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;

/** A Go of the given release, whose build writes down how it was called in the place of the engine. */
const go = (
  release: string,
  build = `echo "$@" >> "$GOCACHE/../../../../calls"; env > "$folder/pulumi"`,
) => `#!/bin/sh
case "$1" in
  version) echo "go version go${release} linux/amd64" ;;
  list) echo "go: downloading one" >&2; printf 'a\\nb' ;;
  build)
    mkdir -p "$GOCACHE" "$GOMODCACHE"
    for argument; do [ "$previous" = -o ] && folder="$argument"; previous="$argument"; done
    ${build} ;;
esac`;

function start(home: string, lines: string[] = []) {
  return buildEngine({
    home,
    environment: { PATH: `${home}/bin:/usr/bin:/bin`, GOPROXY: "https://proxy.example.com" },
    progress: (line) => lines.push(line),
  });
}

describe("building the engine", () => {
  test("builds the version that go.mod requires, statically, with modules from where the user says", async () => {
    const home = temporaryFolder({ "bin/go": go("1.26.8") });
    const file = await start(home);
    expect(file).toBe(path.join(home, "engine", engineVersion(), "pulumi"));
    const environment = readFileSync(file, "utf8");
    for (const variable of [
      "CGO_ENABLED=0",
      "GOTOOLCHAIN=auto",
      "GOWORK=off",
      "GOPROXY=https://proxy.example.com",
    ]) {
      expect(environment).toContain(`${variable}\n`);
    }
    expect(readFileSync(path.join(home, "calls"), "utf8")).toContain(`version.Version=v${engineVersion()}`);
  });

  test("leaves nothing but the engine", async () => {
    const home = temporaryFolder({ "bin/go": go("1.26.8") });
    const folder = path.dirname(await start(home));
    expect(readdirSync(folder)).toEqual(["pulumi"]);
  });

  test("is done once, however many start at the same moment", async () => {
    const home = temporaryFolder({ "bin/go": go("1.26.8") });
    const lines: string[] = [];
    await Promise.all([start(home), start(home, lines)]);
    await start(home);
    expect(readFileSync(path.join(home, "calls"), "utf8").trim().split("\n")).toHaveLength(1);
    expect(lines).toContain(`process ${process.pid} is building from Go modules already: waiting for it`);
  });

  test("fails with Go's last words, leaves no engine, and keeps what was downloaded for the next attempt", async () => {
    const home = temporaryFolder({
      "bin/go": go("1.26.8", `touch "$folder/pulumi"; echo "no space left on device" >&2; exit 1`),
    });
    await expect(start(home)).rejects.toThrow(
      /could not be built: "go build" failed:\nno space left on device/,
    );
    expect(existsSync(enginePath(home))).toBe(false);
    expect(existsSync(path.join(path.dirname(enginePath(home)), "build", "modules"))).toBe(true);
  });

  test("with a Go too old to fetch a newer one by itself, has it download the one that go.mod asks for", async () => {
    const newer = temporaryFolder({ "bin/go": go("1.26.0"), [`pkg/tool/${platform}/compile`]: "" });
    const home = temporaryFolder({
      "bin/go": `#!/bin/sh
        case "$1" in
          version) echo "go version go1.19.8 linux/amd64" ;;
          mod) echo "$4" > "${newer}/asked"; echo '{ "Dir": "${newer}" }' ;;
          *) echo "too old" >&2; exit 1 ;;
        esac`,
    });
    const lines: string[] = [];
    const file = await start(home, lines);
    expect(readFileSync(file, "utf8")).toContain("CGO_ENABLED=0");
    expect(readFileSync(path.join(newer, "asked"), "utf8")).toBe(
      `golang.org/toolchain@v0.0.1-go${goVersion(moduleDirectory)}.${platform.replace("_", "-")}\n`,
    );
    expect(lines).toContain(
      `Go 1.19 is too old to build the Pulumi engine: downloading Go ${goVersion(moduleDirectory)}`,
    );
  });
});
