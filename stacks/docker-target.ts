import { z } from "zod";
import { Docker } from "../components/targets/docker/docker.ts";
import { neighboursOn } from "./neighbours.ts";
import { flag, oneOf, port, whole } from "./settings.ts";
import { defined, entry, foldersOf, prefix } from "./target-entry.ts";

const machine = z
  .strictObject({
    cpus: whole(1, 1024).describe("processors of the host"),
    memoryGiB: whole(1, 16384).describe("memory of the host, in GiB"),
    storageGiB: whole(1, 1048576).describe("disk of the host, in GiB"),
    gpus: whole(0, 64).optional().describe("graphics processors of the host (NVIDIA's), 0 if it is left out"),
  })
  .describe("what the host has; 4 processors, 16 and 500 GiB if it is left out");

const hostFolder = z
  .string()
  .regex(/^\/./, { error: 'the path of a folder of the host, as in "/srv/documents"' })
  .describe("path of a folder of the host, as /srv/documents");

/** A single Docker host. */
export const docker = entry({
  settings: {
    name: prefix,
    host: z
      .string()
      .regex(/^(ssh|unix|tcp):\/\//, { error: "ssh://user@host, unix:///path or tcp://host:port" })
      .optional()
      .describe("another machine's Docker, as ssh://user@host; this one's if it is left out"),
    machine: machine.optional(),
    httpPort: port.optional().describe("port for HTTP; 80 if it is left out"),
    httpsPort: port.optional().describe("port for HTTPS, where TLS is on; 443 if it is left out"),
    tls: oneOf(["off", "internal", "acme"])
      .optional()
      .describe("certificates: none, of the proxy's own making, or Let's Encrypt's"),
    publish: z
      .record(z.string(), z.record(z.string(), port.describe("port of this machine")).describe("its ports"))
      .optional()
      .describe("services to reach from the host itself, by service and port"),
    subnets: z
      .string()
      .regex(/^\d+\.\d+\.\d+\.\d+\/\d+$/, { error: 'address/length, as in "10.128.0.0/9"' })
      .optional()
      .describe("private addresses for networks; 10.128.0.0/9 if it is left out"),
    folders: foldersOf(hostFolder),
    destroyData: flag.optional().describe("may data be deleted with its stack?"),
  },
  folder: hostFolder,
  neighbours: (fallback, { name = fallback, host }) => neighboursOn(host, name),
  make: (fallback, { name = fallback, ...settings }, images, neighbours) => ({
    name,
    target: new Docker(name, {
      ...defined(settings),
      neighbours,
      images: { tools: images["busybox"]!, proxy: images["caddy"]! },
    }),
  }),
});
