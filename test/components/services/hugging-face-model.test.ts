import { createHash } from "node:crypto";
import {
  existsSync,
  mkdtempSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isHidden, textOf } from "../../../components/model/reference.ts";
import { type JobWorkload, permissionsOf } from "../../../components/model/workload.ts";
import {
  HF_HOME,
  HuggingFaceModel,
  type HuggingFaceModelArgs,
  huggingFaceProblems,
} from "../../../components/services/hugging-face-model.ts";
import { deploy } from "../../support/engine.ts";
import { settled } from "../../support/outputs.ts";
import { RecordingTarget } from "../../support/recording-target.ts";

const SHA256 = "0123456789abcdef".repeat(4);
const CACHED = "hub/models--owner--name";

/** The job that brings a model. */
async function job(args: Partial<HuggingFaceModelArgs> = {}): Promise<JobWorkload> {
  const target = new RecordingTarget();
  const cache = { name: "models", ready: [] };
  await deploy(
    () =>
      void new HuggingFaceModel("model", {
        target,
        image: "application:1",
        cache,
        model: "owner/name",
        ...args,
      }),
  );
  return target.jobs["model"]!;
}

const waysOut = (of: JobWorkload) =>
  permissionsOf(of).map(({ endpoint, port }) => `${endpoint.host}:${endpoint.ports[port]!.number}`);

describe("a model of a hub", () => {
  it("[K4] is downloaded by the application's image into the shared cache, which the job alone may write", async () => {
    const { image, command, shared, user, folders = {} } = await job({ revision: "v1.0" });
    expect(image).toBe("application:1");
    expect(command).toEqual(["hf", "download", "owner/name", "--revision", "v1.0"]);
    expect(shared!["models"]).toMatchObject({ path: HF_HOME, writable: true });
    expect(user).toEqual({ uid: 1000, gid: 1000 });
    expect(folders).toEqual({});
  });

  it("[K4] [G5] comes from the public hub or from another, and the job may ask that one alone", async () => {
    expect(waysOut(await job())).toEqual(["huggingface.co:443"]);
    const source = { kind: "hub", endpoint: "https://hub.example.com:8443" } as const;
    expect(waysOut(await job({ source }))).toEqual(["hub.example.com:8443"]);
  });

  it("[G3] is asked for with a token that stays hidden", async () => {
    const { env = {} } = await job({ source: { kind: "hub", token: "hf_secret" } });
    expect(isHidden(env["HF_TOKEN"]!)).toBe(true);
    expect(await settled(textOf(env["HF_TOKEN"]!))).toEqual({ value: "hf_secret", secret: true });
  });

  it("is downloaded by another program where the image has one", async () => {
    const { command } = await job({ command: ["huggingface-cli", "download"] });
    expect(command).toEqual(["huggingface-cli", "download", "owner/name", "--revision", "main"]);
  });
});

describe("a model in an archive", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "keelson-archive-"));
    mkdirSync(path.join(folder, "home"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const at = (...names: string[]) => path.join(folder, ...names);

  /** Packs a cache with one model, as its owner would. */
  async function pack(options: readonly string[], model = CACHED): Promise<{ file: string; sha256: string }> {
    mkdirSync(at("source", model, "blobs"), { recursive: true });
    mkdirSync(at("source", model, "snapshots", "commit"), { recursive: true });
    writeFileSync(at("source", model, "blobs", "weights"), "weights of the model");
    symlinkSync("../../blobs/weights", at("source", model, "snapshots", "commit", "model.safetensors"));
    await execa("tar", ["-C", at("source"), ...options, "-cf", at("model.tar"), model]);
    const sha256 = createHash("sha256")
      .update(readFileSync(at("model.tar")))
      .digest("hex");
    return { file: at("model.tar"), sha256 };
  }

  /** Runs the job's own script on this machine, with a cache and an archive here. */
  async function run({ file, sha256 }: { file: string; sha256: string }) {
    const { command, env = {} } = await job({
      source: { kind: "archive", folder: "models", path: "model.tar", sha256 },
    });
    const [program = "", ...args] = command;
    const told = Object.entries(env).map(async ([name, value]) => [
      name,
      (await settled(textOf(value))).value,
    ]);
    const variables = Object.fromEntries(await Promise.all(told)) as Record<string, string>;
    const here = { ...variables, HF_HOME: at("home"), ARCHIVE: file };
    return execa(program, args, { env: here, reject: false });
  }

  const unpacked = () => at("home", CACHED, "snapshots", "commit", "model.safetensors");

  it.each([[[]], [["-z"]]])("[K4] is unpacked into the cache, packed with %j", async (options) => {
    const { exitCode, stdout } = await run(await pack(options));
    expect([exitCode, stdout]).toEqual([0, `unpacked ${CACHED}`]);
    expect(readFileSync(unpacked(), "utf8")).toBe("weights of the model");
  });

  it("[K4] is not unpacked when it is another one than was promised", async () => {
    const { file } = await pack([]);
    const { exitCode, stderr } = await run({ file, sha256: SHA256 });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`is to have ${SHA256}: nothing is unpacked`);
    expect(existsSync(at("home", "hub"))).toBe(false);
  });

  it("[K4] fails the job when another model is in it, or when it is not there", async () => {
    const other = await run(await pack([], "hub/models--owner--other"));
    expect([other.exitCode, other.stderr]).toEqual([1, expect.stringContaining(`no ${CACHED}/snapshots`)]);
    const missing = await run({ file: at("none.tar"), sha256: SHA256 });
    expect([missing.exitCode, missing.stderr]).toEqual([
      1,
      expect.stringContaining("there is no archive at"),
    ]);
  });

  it("[K4] [G5] is read from a folder of the target, with no way out", async () => {
    const source = { kind: "archive", folder: "models", path: "a/model.tar", sha256: SHA256 } as const;
    const archived = await job({ source, toolsImage: "tools:1" });
    expect(archived.image).toBe("tools:1");
    expect(archived.folders).toEqual({ models: "/archives" });
    expect(archived.env).toMatchObject({ ARCHIVE: "/archives/a/model.tar" });
    expect(waysOut(archived)).toEqual([]);
  });

  it("[K4] is downloaded onto the volume first, since other folders are memory", async () => {
    const url = "https://files.example.com/model.tar.gz";
    const archived = await job({ source: { kind: "archive", url, sha256: SHA256.toUpperCase() } });
    expect(waysOut(archived)).toEqual(["files.example.com:443"]);
    expect(archived.env).toMatchObject({ ARCHIVE: `${HF_HOME}/.archive`, ARCHIVE_SHA256: SHA256 });
    expect(archived.command.at(-1)).toMatch(/trap 'rm -f "\$ARCHIVE"' EXIT\ncurl .*"\$ARCHIVE_URL"/);
  });
});

describe("mistakes about a model", () => {
  it("are all told, without a password that stands in an address", () => {
    const problems = huggingFaceProblems({
      model: "../escaped",
      revision: "--force",
      source: { kind: "archive", url: "https://user:hidden@example.com/m.tar", sha256: "12" },
    });
    expect(problems.map((each) => each.split(" is ")[0])).toEqual([
      "model",
      "revision",
      "source.sha256",
      "source.url",
    ]);
    expect(problems.join()).not.toContain("hidden");
  });

  it("refuse the component", async () => {
    const source = { kind: "archive", folder: "models", path: "../../etc/passwd", sha256: SHA256 } as const;
    await expect(job({ source })).rejects.toThrow(
      'source.path is "../../etc/passwd"; it takes a path within',
    );
  });
});
