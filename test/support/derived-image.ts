import Docker from "dockerode";
import { pack } from "tar-stream";

/** What a derived image has beside what it is made from. */
export interface Addition {
  /** A label, as `key=value`. */
  readonly LABEL?: string;
  /** Executable files by path. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Builds an image on another one; gives its reference, which is tagged so that a rule on pinned images takes it. */
export async function derivedImage(
  base: string,
  name: string,
  { LABEL, files = {} }: Addition,
): Promise<string> {
  const reference = `${name}:1.0.0`;
  const lines = [
    `FROM ${base}`,
    ...(LABEL ? [`LABEL ${LABEL}`] : []),
    ...Object.keys(files).map((path, index) => `COPY ${index} ${path}`),
  ];
  const context = pack();
  context.entry({ name: "Dockerfile" }, lines.join("\n"));
  for (const [index, content] of Object.values(files).entries())
    context.entry({ name: String(index), mode: 0o755 }, content);
  context.finalize();
  const docker = new Docker();
  const stream = await docker.buildImage(context as unknown as NodeJS.ReadableStream, {
    t: reference,
    forcerm: true,
  });
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(stream, (error, steps: { error?: string }[]) => {
      const message = error?.message ?? steps.find((step) => step.error)?.error;
      return message ? reject(new Error(`building ${reference}: ${message}`)) : resolve();
    });
  });
  return reference;
}
