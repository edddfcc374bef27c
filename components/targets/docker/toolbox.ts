import { createHash } from "node:crypto";
import * as docker from "@pulumi/docker";
import { DISPOSABLE, type Host, labels } from "./host.ts";
import { oneShot } from "./one-shot.ts";
import { scriptFiles, TOOLS } from "./scripts.ts";

/** The tools of a host, in a volume named by their content; every container of the target mounts it. */
export function makeToolbox({ prefix, images, options }: Host): {
  mount: docker.types.input.ContainerMount;
  ready: docker.Container;
} {
  const digest = createHash("sha256")
    .update(JSON.stringify([images.tools, scriptFiles]))
    .digest("hex")
    .slice(0, 12);
  const volume = new docker.Volume(
    `${prefix}-toolbox`,
    { name: `${prefix}-toolbox-${digest}`, labels: labels(prefix, "toolbox", DISPOSABLE) },
    options(),
  );
  const mount = { type: "volume", source: volume.name, target: TOOLS };
  const ready = new docker.Container(
    `${prefix}-toolbox`,
    {
      ...oneShot({
        prefix,
        service: "toolbox",
        image: images.tools,
        reasons: { root: "fills a volume that root owns", "writable-root": "takes files before it starts" },
      }),
      entrypoints: ["/bin/busybox", "cp", "/bin/busybox", `${TOOLS}/busybox`],
      uploads: Object.entries(scriptFiles).map(([file, content]) => ({ file, content, permissions: "0555" })),
      mounts: [mount],
    },
    options(),
  );
  return { mount: { ...mount, readOnly: true }, ready };
}
