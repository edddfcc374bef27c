import { createHmac } from "node:crypto";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { isHidden, textOf } from "../../model/reference.ts";
import { FILES, type Workload } from "../../model/workload.ts";
import { DISPOSABLE, type Host, labels } from "./host.ts";

/** What a container needs of its files. */
export interface Files {
  readonly mounts: docker.types.input.ContainerMount[];
  /** Exist once the files are in place. */
  readonly ready: readonly pulumi.Resource[];
}

/**
 * Puts the files of a workload, its secret variables among them, into a volume of their own. Docker can't copy into a
 * container with a read-only root, so a second container, created and never started, carries them into the volume.
 *
 * The volume is named by what it holds: other content makes another volume, and the old container keeps its own files
 * until it is gone, even where its successor fails to start.
 */
export function makeFiles(
  name: string,
  workload: Pick<Workload, "env" | "files">,
  host: Host,
  salt: pulumi.Output<string>,
  parent: pulumi.Resource,
): Files {
  const contents = contentsOf(workload);
  if (Object.keys(contents).length === 0) return { mounts: [], ready: [] };

  const { prefix, images, options } = host;
  const unique = `${prefix}-${name}-files`;
  // Salted, because the name of a volume is seen by all, and a secret that was chosen by hand may be guessed.
  const digest = pulumi
    .all([contents, salt])
    .apply(([texts, key]) =>
      createHmac("sha256", key).update(JSON.stringify(texts)).digest("hex").slice(0, 12),
    );
  const volume = new docker.Volume(
    unique,
    {
      name: pulumi.interpolate`${unique}-${pulumi.unsecret(digest)}`,
      labels: labels(prefix, name, DISPOSABLE),
    },
    options({ parent }),
  );
  const mount = { type: "volume", source: volume.name, target: FILES };
  const carrier = new docker.Container(
    unique,
    {
      image: images.tools,
      entrypoints: ["/bin/busybox", "true"],
      labels: labels(prefix, name, { "keelson.root": "carries files into a volume, and never starts" }),
      start: false,
      mustRun: false,
      networkMode: "none",
      capabilities: { drops: ["ALL"] },
      securityOpts: ["no-new-privileges:true"],
      memory: 16,
      memorySwap: 16,
      mounts: [mount],
      // Root owns them, and only this workload mounts them; so all may read.
      uploads: Object.entries(contents).map(([file, content]) => ({
        file: `${FILES}/${file}`,
        content,
        permissions: "0444",
      })),
    },
    options({ parent }),
  );
  return { mounts: [{ ...mount, readOnly: true }], ready: [carrier] };
}

function contentsOf({
  env = {},
  files = {},
}: Pick<Workload, "env" | "files">): Record<string, pulumi.Input<string>> {
  const lines = Object.entries(env)
    .filter(([, setting]) => isHidden(setting))
    .map(([key, setting]) =>
      pulumi.output(textOf(setting)).apply((text) => `${key}='${text.replaceAll("'", `'\\''`)}'\n`),
    );
  return {
    ...(lines.length > 0 && { variables: pulumi.all(lines).apply((all) => all.join("")) }),
    ...Object.fromEntries(Object.entries(files).map(([file, setting]) => [file, textOf(setting)])),
  };
}
