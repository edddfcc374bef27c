import type * as pulumi from "@pulumi/pulumi";
import type { Machine } from "../../model/capacity.ts";
import type { Folders } from "./folders.ts";
import type { Host } from "./host.ts";
import type { Neighbours } from "./neighbours.ts";
import type { Tls } from "./proxy.ts";

/** Arguments of a Docker host. */
export interface DockerArgs {
  /**
   * Address of the engine, as `unix:///var/run/docker.sock` or `ssh://user@host`.
   *
   * @defaultValue the engine of this machine, or `DOCKER_HOST`
   */
  readonly host?: pulumi.Input<string>;
  /**
   * What the host has; no more than 85 % of it is promised.
   *
   * @defaultValue an HP EliteDesk with 4 cores, 16 GB and 500 GB
   */
  readonly machine?: Machine;
  /**
   * What the host has promised to other stacks already, by their names; it counts like what is promised here.
   * `neighboursAmong` tells it of the host's containers.
   *
   * @defaultValue nothing
   */
  readonly neighbours?: Neighbours;
  /**
   * Ports of the host's loopback address that lead to a service, by the names of the service and of its port.
   *
   * @defaultValue none
   */
  readonly publish?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /**
   * Port of the host for HTTP.
   *
   * @defaultValue 80
   */
  readonly httpPort?: number;
  /**
   * Port of the host for HTTPS, where {@link DockerArgs.tls} is on.
   *
   * @defaultValue 443
   */
  readonly httpsPort?: number;
  /**
   * How the entry point proves who it is: not at all, by a certificate of its own making, or by Let's Encrypt, which
   * has to reach the host by its name.
   *
   * @defaultValue "off"
   */
  readonly tls?: Tls;
  /**
   * Folders of the host that workloads may read, by the name that they know them by: their paths there.
   *
   * @defaultValue none
   */
  readonly folders?: Folders;
  /**
   * Images of the target's own containers.
   *
   * @defaultValue those of the catalogue
   */
  readonly images?: Partial<Host["images"]>;
  /**
   * Private addresses for the networks of services, as `address/length`.
   *
   * @defaultValue "10.128.0.0/9"
   */
  readonly subnets?: string;
  /**
   * Lets volumes go, with all that is on them, when they or the stack are deleted.
   *
   * @defaultValue false
   */
  readonly destroyData?: boolean;
}
