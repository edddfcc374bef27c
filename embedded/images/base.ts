import { createReadStream } from "node:fs";
import { chmod } from "node:fs/promises";
import * as path from "node:path";
import { digestOf } from "./digest.ts";
import { follow, type Workshop } from "./engine.ts";
import { labelsOf } from "./labels.ts";
import { isMadeFrom } from "./present.ts";
import { isInstalled, run } from "./run.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";

const RELEASE = "bookworm";

const NOT_INSTALLED = ["doc", "info", "locale", "man"].map((folder) => `path-exclude=/usr/share/${folder}/*`);

const ARGUMENTS = [
  "--variant=apt",
  // Keeps a tool out that merges folders, and Perl with it: there is nothing to merge.
  "--hook-dir=/usr/share/mmdebstrap/hooks/maybe-merged-usr",
  ...NOT_INSTALLED.map((option) => `--dpkgopt=${option}`),
  "--dpkgopt=path-include=/usr/share/doc/*/copyright",
  '--aptopt=APT::Install-Recommends "false"',
  '--aptopt=Acquire::Languages "none"',
  RELEASE,
];

/** The Debian that embedded images start from: made from packages, since it can't be pulled. */
export const base = {
  reference: "keelson-embedded/base:12",
  digest: digestOf(...ARGUMENTS),
} as const;

/**
 * Makes the base image, unless it is there. Takes about 20 s.
 *
 * @throws Error when mmdebstrap is missing and can't be installed, or fails
 */
export async function makeBase(workshop: Workshop): Promise<void> {
  const { docker, report, signal } = workshop;
  if (await isMadeFrom(docker, base.reference, base.digest)) return;
  await installMmdebstrap(workshop);
  await withTemporaryFolder(async (folder) => {
    await chmod(folder, 0o755);
    const archive = path.join(folder, "base.tar");
    report(`base: installing Debian ${RELEASE} from its packages`);
    await run("mmdebstrap", [...ARGUMENTS, archive], {
      // What it unpacks goes where it is removed even when it is stopped; apt reads there as a user of its own.
      env: { TMPDIR: folder },
      signal,
      mend: "needs root and Debian's package mirror",
    });
    const [repo, tag] = base.reference.split(":");
    const labels = Object.entries(labelsOf(base.digest, `Debian ${RELEASE} for embedded images`));
    const changes = `LABEL ${labels.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(" ")}`;
    const stream = await docker.importImage(createReadStream(archive), {
      repo,
      tag,
      changes,
      abortSignal: signal,
    });
    await follow(stream, docker);
  });
}

async function installMmdebstrap({ report, signal }: Workshop): Promise<void> {
  if (await isInstalled("mmdebstrap")) return;
  const mend =
    "embedded images are made on a Debian or Ubuntu machine with mmdebstrap: sudo apt-get install mmdebstrap debian-archive-keyring";
  report("base: installing mmdebstrap");
  await run("apt-get", ["update"], { signal, mend });
  await run(
    "apt-get",
    ["install", "--yes", "--no-install-recommends", "mmdebstrap", "debian-archive-keyring"],
    {
      signal,
      mend,
    },
  );
}
