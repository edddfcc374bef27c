import type { NetworkInspectInfo } from "dockerode";
import { labelOutputs } from "../given.ts";

type IpamConfig = NonNullable<NonNullable<NetworkInspectInfo["IPAM"]>["Config"]>[number];

/** All properties of a network that the daemon tells. */
export type NetworkObserved = {
  readonly name: string;
  readonly labels: { readonly label: string; readonly value: string }[];
  readonly driver: string;
  readonly options: Readonly<Record<string, string>>;
  readonly internal: boolean;
  readonly attachable: boolean;
  readonly ingress: boolean;
  readonly ipv6: boolean;
  readonly scope: string;
  readonly ipamDriver: string;
  readonly ipamOptions: Readonly<Record<string, string>>;
  readonly ipamConfigs: IpamConfigObserved[];
};

type IpamConfigObserved = {
  readonly subnet: string;
  readonly gateway: string;
  readonly ipRange: string;
  readonly auxAddress: Readonly<Record<string, string>>;
};

export function observed(network: NetworkInspectInfo): NetworkObserved {
  return {
    name: network.Name,
    labels: labelOutputs(network.Labels),
    driver: network.Driver,
    options: network.Options ?? {},
    internal: network.Internal,
    attachable: network.Attachable,
    ingress: network.Ingress,
    ipv6: network.EnableIPv6,
    scope: network.Scope,
    ipamDriver: network.IPAM?.Driver ?? "",
    ipamOptions: network.IPAM?.Options ?? {},
    ipamConfigs: (network.IPAM?.Config ?? []).map(ipamConfigObserved),
  };
}

function ipamConfigObserved(config: IpamConfig): IpamConfigObserved {
  return {
    subnet: config.Subnet ?? "",
    gateway: config.Gateway ?? "",
    ipRange: config.IPRange ?? "",
    auxAddress: { ...(config.AuxiliaryAddresses as Record<string, string> | undefined) },
  };
}
