import type { NetworkCreateOptions } from "dockerode";
import type { InputsOf } from "../../provider/property.ts";
import { given, labelMap } from "../given.ts";
import type { networkProperties } from "../properties.ts";

export type NetworkInputs = InputsOf<typeof networkProperties>;

/** What the Engine API's `POST /networks/create` is sent. */
export function createBody(inputs: NetworkInputs): NetworkCreateOptions {
  return {
    Name: inputs.name,
    // Older engines would make a second network of the same name.
    CheckDuplicate: true,
    ...given({
      Driver: inputs.driver,
      Internal: inputs.internal,
      Attachable: inputs.attachable,
      Ingress: inputs.ingress,
      EnableIPv6: inputs.ipv6,
      Options: inputs.options,
      Labels: labelMap(inputs.labels),
    }),
    IPAM: {
      Driver: inputs.ipamDriver,
      ...given({ Options: inputs.ipamOptions }),
      Config: (inputs.ipamConfigs ?? []).map((config) =>
        given({
          Subnet: config.subnet,
          IPRange: config.ipRange,
          Gateway: config.gateway,
          AuxiliaryAddresses: config.auxAddress,
        }),
      ),
    },
  };
}
