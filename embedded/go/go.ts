import { chmodSync, existsSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { execa } from "execa";
import { z } from "zod";
import { goVersion } from "./module.ts";

type Variables = Readonly<Record<string, string | undefined>>;

interface Go {
  readonly path: string;
  /** The second part of its version: 26 for Go 1.26. */
  readonly minor: number;
}

/** From Go 1.21 on, `go` fetches the newer toolchain that a go.mod asks for by itself. */
const selfUpdatingMinor = 21;

/** Where Go is often installed without being on the PATH. */
const usualPlaces = ["/usr/local/go/bin/go", "/usr/lib/go/bin/go"];

/** What Go is needed for, and how its commands run. */
export interface GoNeed {
  /** What it is to build, for the error. */
  readonly what: string;
  /** What could be installed in the place of Go, as `or the official …`, for the error. */
  readonly instead?: string | undefined;
  /** The folder of the go.mod that says which Go is new enough. */
  readonly module: string;
  /** Those that the Go commands run with: `PATH`, where modules come from and where they are kept. */
  readonly variables: Variables;
  readonly progress: (line: string) => void;
}

/**
 * Finds a Go that can build a module; installs the distribution's where that can be done (as root on Debian or Ubuntu).
 *
 * @returns the path of the `go` executable
 * @throws Error which says what to install
 */
export async function obtainGo(need: GoNeed): Promise<string> {
  const { what, instead, module, variables, progress } = need;
  const go = (await findGo(variables)) ?? (await installGo(variables, progress));
  if (!go) {
    throw new Error(
      `Go is missing, with which ${what} is built: install Go 1.21 or newer (https://go.dev/doc/install)` +
        `${instead === undefined ? "" : `, ${instead}`}, and run this again`,
    );
  }
  if (go.minor >= selfUpdatingMinor) return go.path;
  const version = goVersion(module);
  progress(`Go 1.${go.minor} is too old to build ${what}: downloading Go ${version}`);
  return downloadToolchain(go, version, variables);
}

async function findGo(variables: Variables): Promise<Go | undefined> {
  const onPath = (variables.PATH ?? "").split(path.delimiter).map((folder) => path.join(folder, "go"));
  for (const candidate of [...onPath, ...usualPlaces].filter((file) => existsSync(file))) {
    const { stdout } = await execa(candidate, ["version"], {
      env: { ...variables, GOTOOLCHAIN: "local" },
      extendEnv: false,
      reject: false,
    });
    const minor = /go1\.(\d+)/.exec(stdout)?.[1];
    if (minor !== undefined) return { path: candidate, minor: Number(minor) };
  }
  return undefined;
}

async function installGo(variables: Variables, progress: (line: string) => void): Promise<Go | undefined> {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  progress("Go is missing: installing the distribution's package golang-go");
  const environment = { DEBIAN_FRONTEND: "noninteractive" };
  await execa("apt-get", ["update"], { env: environment });
  await execa("apt-get", ["install", "--yes", "--no-install-recommends", "golang-go"], { env: environment });
  return findGo(variables);
}

const download = z.object({ Dir: z.string() });
const architectures: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };

/** Newer Go does the same by itself: a toolchain is a module, whose checksum `go` verifies. */
async function downloadToolchain(go: Go, version: string, variables: Variables): Promise<string> {
  const architecture = architectures[process.arch] ?? process.arch;
  const toolchain = `golang.org/toolchain@v0.0.1-go${version}.${process.platform}-${architecture}`;
  const { stdout } = await execa(go.path, ["mod", "download", "-json", toolchain], {
    env: variables,
    extendEnv: false,
  });
  const directory = download.parse(JSON.parse(stdout)).Dir;
  // Modules are unpacked without their executable bits.
  const tools = path.join(directory, "pkg", "tool", `${process.platform}_${architecture}`);
  for (const folder of [path.join(directory, "bin"), tools]) {
    for (const file of readdirSync(folder)) chmodSync(path.join(folder, file), 0o755);
  }
  return path.join(directory, "bin", "go");
}
