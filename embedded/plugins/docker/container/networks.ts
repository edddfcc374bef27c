import type { ContainerInspectInfo, EndpointSettings } from "dockerode";
import type { Daemon } from "../daemon/daemon.ts";
import { asking, isRefusal } from "../daemon/errors.ts";
import { given, optionMap } from "../given.ts";
import type { ContainerOutputs, ElementOf } from "./types.ts";

type Network = ElementOf<"networksAdvanced">;

/**
 * Joins a new container to its networks and takes it off the default one. The order of the calls decides what the daemon makes
 * of a `networkMode` that names a network of the list too, so it is that of the official plugin.
 */
export async function joinNetworks(
  daemon: Daemon,
  container: string,
  networks: readonly Network[] = [],
): Promise<void> {
  if (networks.length === 0) return;
  await leaveDefaultNetwork(daemon, container);
  for (const network of networks)
    await asking(
      `Unable to connect to network '${network.name}'`,
      daemon.engine.getNetwork(network.name).connect({
        Container: container,
        EndpointConfig: endpoint(network),
      }),
    );
}

async function leaveDefaultNetwork(daemon: Daemon, container: string): Promise<void> {
  try {
    await asking(
      "Unable to disconnect the default network",
      daemon.engine.getNetwork("bridge").disconnect({ Container: container }),
    );
  } catch (error) {
    if (!isRefusal(error, "is not connected to the network bridge")) throw error;
  }
}

export function endpoint(network: Network): EndpointSettings & { GwPriority?: number } {
  const addresses = given({
    IPv4Address: network.ipv4Address,
    IPv6Address: network.ipv6Address,
    LinkLocalIPs: network.linkLocalIps,
  });
  return {
    IPAMConfig: addresses,
    ...given({
      Aliases: network.aliases,
      MacAddress: network.macAddress,
      DriverOpts: optionMap(network.driverOpts),
      GwPriority: network.gwPriority,
    }),
  };
}

export function networkDatas(
  networks: ContainerInspectInfo["NetworkSettings"]["Networks"] | null,
): NonNullable<ContainerOutputs["networkDatas"]> {
  return Object.entries(networks ?? {}).map(([networkName, data]) => ({
    networkName,
    ipAddress: data.IPAddress,
    ipPrefixLength: data.IPPrefixLen,
    gateway: data.Gateway,
    globalIpv6Address: data.GlobalIPv6Address,
    globalIpv6PrefixLength: data.GlobalIPv6PrefixLen,
    ipv6Gateway: data.IPv6Gateway,
    macAddress: data.MacAddress,
  }));
}
