import * as pulumi from "@pulumi/pulumi";
import { images } from "../images.ts";
import { Reference } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import type { Resources, Workload } from "../model/workload.ts";
import { EXPORTER_RESOURCES, exporterRecipe } from "./exporter.ts";

/** Arguments of {@link NodeExporter}. */
export interface NodeExporterArgs {
  /** One that shows its machine (`Target.showsMachine`): elsewhere it would measure its own container. */
  readonly target: Target;
  /** @defaultValue the catalogue's */
  readonly image?: string;
  /** @defaultValue {@link EXPORTER_RESOURCES} */
  readonly resources?: Resources;
}

/** Publishes the metrics of the machine that a target runs on: processors, memory, disks, load. */
export class NodeExporter extends pulumi.ComponentResource {
  /** Its address, as `host:port`. */
  readonly http: Reference;

  constructor(name: string, args: NodeExporterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:NodeExporter", name, {}, opts);
    const { target, image = images["node-exporter"], resources = EXPORTER_RESOURCES } = args;
    const endpoint = target.run(name, () => nodeExporterRecipe({ image, resources }), { parent: this });
    this.http = Reference.to(endpoint, "http");
    this.registerOutputs({});
  }
}

/** Where it finds the machine. */
const MACHINE = "/host";

/**
 * The program. It has no network of the machine's, so it does not count its traffic; and its user reads what everybody may.
 * https://github.com/prometheus/node_exporter#docker
 */
export function nodeExporterRecipe({
  image,
  resources,
}: Required<Omit<NodeExporterArgs, "target">>): Workload {
  return {
    ...exporterRecipe({
      image,
      command: ["/bin/node_exporter", ...ARGUMENTS],
      port: 9100,
      ready: "/",
      resources,
      // The official image's user `nobody`.
      user: { uid: 65534, gid: 65534 },
    }),
    machine: { path: MACHINE, reason: "measures processors, memory and disks of the machine" },
  };
}

/** File systems that are no disk of the machine: the kernel's own, and those of containers. */
const PASSING_MOUNTS = "^/(dev|proc|run|sys|var/lib/(docker|containerd|kubelet))($|/)";

const ARGUMENTS = [
  `--path.rootfs=${MACHINE}`,
  `--path.procfs=${MACHINE}/proc`,
  `--path.sysfs=${MACHINE}/sys`,
  `--collector.filesystem.mount-points-exclude=${PASSING_MOUNTS}`,
  // Those of its own network namespace tell nothing of the machine.
  ...["arp", "bonding", "netclass", "netdev", "netstat", "sockstat", "softnet"].map(
    (collector) => `--no-collector.${collector}`,
  ),
];
