import Docker from "dockerode";
import { buildEmbedded } from "../../embedded/images/build.ts";
import { embeddedReference, type RecipeName } from "../../embedded/images/recipes.ts";
import { keelsonHome } from "../../embedded/parts/home.ts";
import { Containers } from "./containers.ts";

/** Opens a test's network on an engine that has these embedded images, built now where they are missing. */
export async function openWith(title: string, ...names: readonly RecipeName[]): Promise<Containers> {
  const workshop = { docker: new Docker(), report: console.log, signal: new AbortController().signal };
  await buildEmbedded([...new Set<RecipeName>([...names, "busybox"])], keelsonHome(), workshop);
  return Containers.open(title);
}

/** Makes a volume that belongs to a user, with files that only that user reads; gives its name. */
export async function volumeOf(
  containers: Containers,
  name: string,
  uid: number,
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const volume = await containers.volume(name);
  const writes = Object.keys(files).map(
    (file, index) => `mkdir -p "$(dirname /volume/${file})"; printf %s "$FILE${index}" > /volume/${file}`,
  );
  const container = await containers.start(`${name}-owner`, {
    Image: embeddedReference("busybox"),
    Cmd: ["sh", "-ec", ["umask 077", ...writes, `chown -R ${uid}:${uid} /volume`].join("\n")],
    Env: Object.values(files).map((content, index) => `FILE${index}=${content}`),
    HostConfig: { Binds: [`${volume}:/volume`] },
  });
  if ((await container.ended()) !== 0)
    throw new Error(`the volume can't be filled: ${await container.log()}`);
  return volume;
}
