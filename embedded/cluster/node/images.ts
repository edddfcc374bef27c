import { execa } from "execa";
import { z } from "zod";
import type { ClusterContext } from "../context.ts";
import { client } from "./containerd.ts";
import { obtainContainerd } from "./programs.ts";

/**
 * Copies images from this machine's Docker to the node, in one go. Those that are there already are skipped: a name that means another image
 * by now is not.
 *
 * @param references as in a pod: `keelson/reference-app:0.1.0`
 * @throws Error if Docker does not have one of them
 */
export async function loadImages(context: ClusterContext, references: readonly string[]): Promise<void> {
  const { ctr } = await obtainContainerd(context);
  const wanted = [...new Set(references)];
  const states = await Promise.all(
    wanted.map(async (reference) => {
      const id = await idInDocker(reference, context.environment);
      return { reference, isThere: (await digestsOnNode(context, ctr, reference)).includes(id) };
    }),
  );
  const missing = states.filter(({ isThere }) => !isThere).map(({ reference }) => reference);
  if (missing.length === 0) return;
  context.progress(`loading ${missing.join(", ")}`);
  const save = execa("docker", ["save", ...missing], {
    env: context.environment,
    encoding: "buffer",
    buffer: false,
  });
  await save.pipe(ctr, [...client(context), "images", "import", "-"]);
}

/** The name by which containerd knows an image: with its registry and its tag. */
export function fullReference(reference: string): string {
  const [first = "", ...rest] = reference.split("/");
  const hasRegistry = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  const named = hasRegistry ? reference : `docker.io/${rest.length > 0 ? "" : "library/"}${reference}`;
  return /[:@][^/]+$/.test(named) ? named : `${named}:latest`;
}

async function idInDocker(reference: string, environment: ClusterContext["environment"]): Promise<string> {
  const { stdout, stderr, failed, originalMessage } = await execa(
    "docker",
    ["image", "inspect", "--format={{.Id}}", reference],
    { env: environment, reject: false },
  );
  if (!failed) return stdout;
  throw new Error(
    `the image ${reference} can't be loaded: ${stderr || originalMessage}; pull it or build it with Docker, and run this again`,
  );
}

const manifest = z.object({ config: z.object({ digest: z.string() }).optional() });

/** What Docker may call the image that has a name on the node: by its configuration, or by its manifest if it keeps images in containerd. */
async function digestsOnNode(context: ClusterContext, ctr: string, reference: string): Promise<string[]> {
  const run = async (...args: readonly string[]) => (await execa(ctr, [...client(context), ...args])).stdout;
  const [, line] = (await run("images", "list", `name==${fullReference(reference)}`)).split("\n");
  const digest = line === undefined ? undefined : /sha256:[0-9a-f]{64}/.exec(line)?.[0];
  if (digest === undefined) return [];
  const { config } = manifest.parse(JSON.parse(await run("content", "get", digest)));
  return config ? [digest, config.digest] : [digest];
}
