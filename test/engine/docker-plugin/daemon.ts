import { accessSync, constants } from "node:fs";
import { readFile } from "node:fs/promises";
import * as path from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pack } from "tar-stream";
import { DockerHost, type Daemon } from "../../../embedded/plugins/docker/daemon/daemon.ts";
import { asking, ifThere } from "../../../embedded/plugins/docker/daemon/errors.ts";

/** Everything that these tests make is named so, and removed before and after them. */
export const prefix = "keelson-test-docker-plugin-";
export const image = "keelson-test/docker-plugin:busybox";

/** The programs of busybox that the tests call by name. */
const programs = [
  "cat",
  "httpd",
  "ls",
  "mkdir",
  "nc",
  "sh",
  "sleep",
  "stat",
  "test",
  "touch",
  "true",
  "wget",
];

export const host = new DockerHost({});

/** What to add to the title of a suite that cannot run here; empty if it can. */
export const skipped = await obstacle().then((reason) => reason && ` (skipped: ${reason})`);

async function obstacle(): Promise<string> {
  if (!busybox()) return "there is no busybox to make an image of: install the package busybox-static";
  try {
    await host.connect();
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

export async function prepare(): Promise<void> {
  const daemon = await host.connect();
  await cleanUp(daemon);
  await makeImage(daemon);
}

export async function cleanUp({ engine }: Daemon): Promise<void> {
  for (const { Id, Names } of await engine.listContainers({ all: true }))
    if (Names.some((name) => name.startsWith(`/${prefix}`)))
      await engine.getContainer(Id).remove({ force: true, v: true });
  for (const { Id, Name } of await engine.listNetworks())
    if (Name.startsWith(prefix)) await engine.getNetwork(Id).remove();
  for (const { Name } of (await engine.listVolumes()).Volumes)
    if (Name.startsWith(prefix)) await engine.getVolume(Name).remove({ force: true });
  await ifThere(asking("Unable to remove image", engine.getImage(image).remove({ force: true })));
}

/** An image of a static busybox and nothing else: no registry is needed for it. */
async function makeImage({ engine }: Daemon): Promise<void> {
  const root = pack();
  root.entry({ name: "bin/busybox", mode: 0o755 }, await readFile(busybox() ?? ""));
  for (const program of programs)
    root.entry({ name: `bin/${program}`, type: "symlink", linkname: "busybox" });
  root.finalize();
  const [repo, tag] = image.split(":");
  const archive = Readable.from([await buffer(root)]);
  const changes = ["ENV PATH=/bin", 'CMD ["sleep","600"]'];
  const progress = await engine.importImage(archive, { repo, tag, changes });
  await new Promise<void>((resolve, reject) => {
    engine.modem.followProgress(progress, (error) => (error ? reject(error) : resolve()));
  });
}

function busybox(): string | undefined {
  const folders = ["/usr/bin", "/bin", ...(process.env["PATH"] ?? "").split(path.delimiter)];
  return folders.map((folder) => path.join(folder, "busybox")).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
