import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { execa } from "execa";
import { obtainParts, type PartsOptions } from "../../../embedded/parts/index.ts";
import { enginePath } from "../../../embedded/engine/build.ts";
import { embeddedPrograms, programFile } from "../../../embedded/parts/programs.ts";
import { engineVersion } from "../../../embedded/engine/version.ts";
import { temporaryFolder, writeFiles } from "../../support/temporary-folder.ts";

/** A home in which the engine is built already, and the official CLI is known to be out of reach. */
function unbundledHome(): string {
  const home = temporaryFolder({ "official/cli.refused": "the official one could not be had: no answer" });
  writeFiles(home, { [path.relative(home, enginePath(home))]: "#!/bin/sh\n" });
  return home;
}

const bundles = mkdtempSync(path.join(tmpdir(), "keelson-test-bundles-"));
afterAll(() => rmSync(bundles, { recursive: true }));
beforeAll(async () => {
  await Promise.all(embeddedPrograms().map((program) => programFile(program, bundles)));
}, 30_000);

/** The same, with the programs bundled already. */
function preparedHome(): string {
  const home = unbundledHome();
  cpSync(path.join(bundles, "bundles"), path.join(home, "bundles"), { recursive: true });
  return home;
}

/** An official CLI, which writes down the plugins that it is asked to install. */
const cli = (version = "v3.300.0", install = `echo "$4 $5" >> "$HOME/installed"`) => `#!/bin/sh
case "$1" in
  version) echo ${version} ;;
  plugin) ${install} ;;
esac`;

function options(home: string, environment: Readonly<Record<string, string>> = {}): PartsOptions {
  return { home, environment: { HOME: home, PATH: "/usr/bin:/bin", ...environment } };
}

function kinds(parts: Awaited<ReturnType<typeof obtainParts>>): string[] {
  return [...new Set(parts.used.map(({ kind }) => kind))];
}

describe("without an official CLI", () => {
  test("everything is embedded, and each part says why", async () => {
    const home = preparedHome();
    const parts = await obtainParts(options(home));
    expect(parts.engine).toBe(path.join(home, "engine", engineVersion(), "pulumi"));
    expect(kinds(parts)).toEqual(["embedded"]);
    expect(parts.used.map(({ part }) => part)).toEqual(
      expect.arrayContaining(["engine", "language host", "plugin docker", "plugin random"]),
    );
    expect(parts.used[0]?.why).toBe(
      "the official one could not be had: no answer (KEELSON_OFFICIAL=again asks again)",
    );
  });

  test("the engine finds the embedded plugins and no others, and asks nobody for more", async () => {
    const home = preparedHome();
    const { environment } = await obtainParts(options(home, { PULUMI_HOME: "/home/somebody/.pulumi" }));
    expect(environment).toMatchObject({
      PULUMI_HOME: path.join(home, "pulumi"),
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    });
    expect(environment.PATH?.split(":")).toEqual([
      path.dirname(enginePath(home)),
      path.dirname(process.execPath),
      ...["aws", "kubelogin", "gke-gcloud-auth-plugin"].map((command) =>
        path.join(home, "cloud-commands", command),
      ),
      "/usr/bin",
      "/bin",
    ]);
  });

  test("stand-ins for the clouds' programs are on the PATH, and refuse what they are not there for", async () => {
    const home = preparedHome();
    // The AWS CLI may be installed on this machine.
    const { environment } = await obtainParts(options(home, { PATH: home }));
    const { stderr, exitCode } = await execa("aws", ["s3", "ls"], { env: environment, reject: false });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^this is keelson's embedded stand-in for aws: .* and not `aws s3 ls`/);
  });

  test("plugins have the versions that the program's SDKs ask for", async () => {
    const home = preparedHome();
    const project = temporaryFolder({
      "node_modules/@pulumi/random/package.json": `{ "version": "9.9.9", "pulumi": { "version": "v9.8.7" } }`,
    });
    const { used } = await obtainParts({ ...options(home), project });
    expect(used).toContainEqual(expect.objectContaining({ part: "plugin random", version: "9.8.7" }));
    expect(existsSync(path.join(home, "pulumi/plugins/resource-random-v9.8.7/pulumi-resource-random"))).toBe(
      true,
    );
  });

  test("language host and plugins are executables that print the port on which they answer", async () => {
    const home = preparedHome();
    const { used } = await obtainParts(options(home));
    const plugins = used.flatMap(({ part, version }) => {
      const name = part.startsWith("plugin ") ? part.slice("plugin ".length) : undefined;
      return name ? [`pulumi/plugins/resource-${name}-v${version}/pulumi-resource-${name}`] : [];
    });
    for (const file of [`engine/${engineVersion()}/pulumi-language-nodejs`, ...plugins]) {
      const running = spawn(path.join(home, file), ["127.0.0.1:1"], { stdio: ["pipe", "pipe", "inherit"] });
      const [port] = await once(running.stdout, "data");
      expect(String(port)).toMatch(/^\d+\n$/);
      running.kill("SIGKILL");
    }
  });

  test("a second time nothing is made anew, unless something was changed", async () => {
    const home = unbundledHome();
    const files = ["bundles/language-host.mjs", `engine/${engineVersion()}/pulumi-language-nodejs`].map(
      (file) => path.join(home, file),
    );
    await obtainParts(options(home));
    const made = files.map((file) => statSync(file).ino);
    await obtainParts(options(home));
    expect(files.map((file) => statSync(file).ino)).toEqual(made);
    for (const file of files) writeFileSync(file, "something else");
    await obtainParts(options(home));
    for (const file of files) expect(readFileSync(file, "utf8")).not.toBe("something else");
  }, 30_000);
});

describe("with an official CLI on the PATH", () => {
  test("everything is official: it installs the plugins, and its home, login and state stay the user's", async () => {
    const home = temporaryFolder({
      "bin/pulumi": cli(),
      ".pulumi/credentials.json": `{ "current": "https://x" }`,
    });
    const parts = await obtainParts(options(home, { PATH: `${home}/bin:/usr/bin:/bin` }));
    expect(parts.engine).toBe(path.join(home, "bin", "pulumi"));
    expect(kinds(parts)).toEqual(["official"]);
    expect(parts.used[0]).toMatchObject({ version: "3.300.0", why: `found on the PATH, in ${home}/bin` });
    expect(readFileSync(path.join(home, "installed"), "utf8")).toMatch(
      /^aws \d.*\nazure-native \d.*\ndocker \d.*\ngcp \d.*\nkubernetes \d.*\nrandom \d/,
    );
    expect(Object.keys(parts.environment).toSorted()).toEqual([
      "NODE_COMPILE_CACHE",
      "PATH",
      "PULUMI_SKIP_UPDATE_CHECK",
    ]);
  });

  test("plugins that cannot be had are embedded, in a home of their own, and the login is kept", async () => {
    const home = temporaryFolder({
      "bin/pulumi": cli("v3.300.0", `echo "error: no route to host" >&2; exit 1`),
    });
    const given = options(home, { PATH: `${home}/bin:/usr/bin:/bin` });
    const parts = await obtainParts(given);
    expect(parts.used.map(({ kind }) => kind).slice(0, 3)).toEqual(["official", "official", "embedded"]);
    expect(parts.used[2]?.why).toBe("the official plugin aws could not be had: error: no route to host");
    expect(parts.environment).toMatchObject({
      PULUMI_HOME: path.join(home, "pulumi"),
      PULUMI_CREDENTIALS_PATH: path.join(home, ".pulumi"),
    });
  });

  test("what could not be had is not asked for again, until the user wants it", async () => {
    const failing = cli("v3.300.0", `echo asked >> "$HOME/asked"; exit 1`);
    const home = preparedHome();
    writeFiles(home, { "bin/pulumi": failing });
    const PATH = `${home}/bin:/usr/bin:/bin`;
    const timesAsked = () => readFileSync(path.join(home, "asked"), "utf8").trim().split("\n").length;
    await obtainParts(options(home, { PATH }));
    await obtainParts(options(home, { PATH }));
    expect(timesAsked()).toBe(1);
    await obtainParts(options(home, { PATH, KEELSON_OFFICIAL: "again" }));
    expect(timesAsked()).toBe(2);
  });

  test("KEELSON_OFFICIAL=never leaves it alone", async () => {
    const home = preparedHome();
    writeFiles(home, { "bin/pulumi": cli() });
    const given = { PATH: `${home}/bin:/usr/bin:/bin`, KEELSON_OFFICIAL: "never" };
    expect(kinds(await obtainParts(options(home, given)))).toEqual(["embedded"]);
  });

  test("one of another major version is refused with what to do", async () => {
    const home = temporaryFolder({ "bin/pulumi": cli("v2.25.2") });
    await expect(obtainParts(options(home, { PATH: `${home}/bin:/usr/bin:/bin` }))).rejects.toThrow(
      `${home}/bin/pulumi is not a Pulumi CLI of version 3: "pulumi version" says "v2.25.2"; update it`,
    );
  });

  test("the embedded engine is not taken for it", async () => {
    const home = preparedHome();
    const { environment } = await obtainParts(options(home));
    expect(kinds(await obtainParts(options(home, environment)))).toEqual(["embedded"]);
  });
});

test("a wish about official parts that has no meaning is refused", async () => {
  await expect(obtainParts(options(temporaryFolder(), { KEELSON_OFFICIAL: "yes" }))).rejects.toThrow(
    `KEELSON_OFFICIAL is "yes": it may be "never" or "again", or not set`,
  );
});
