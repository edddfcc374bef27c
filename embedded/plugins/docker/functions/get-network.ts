import type { NetworkInspectInfo } from "dockerode";
import { providerFunction, type Context } from "../../provider/resource.ts";
import type { Properties } from "../../provider/property.ts";
import type { DockerHost } from "../daemon/daemon.ts";
import { asking } from "../daemon/errors.ts";
import { observed } from "../network/outputs.ts";

const containerOutputs = {
  containerId: { type: "string", output: true },
  endpointId: { type: "string", output: true },
  ipv4Address: { type: "string", output: true },
  ipv6Address: { type: "string", output: true },
  macAddress: { type: "string", output: true },
  name: { type: "string", output: true },
} as const satisfies Properties;

const ipamConfigProperties = {
  auxAddress: { type: { map: "string" } },
  gateway: { type: "string" },
  ipRange: { type: "string" },
  subnet: { type: "string" },
} as const satisfies Properties;

/** A network by name or id, with the containers in it. */
export const getNetwork = providerFunction({
  inputs: { name: { type: "string", required: true } },
  outputs: {
    containers: { type: { list: { object: containerOutputs } }, output: true },
    driver: { type: "string", output: true },
    id: { type: "string", output: true },
    internal: { type: "boolean", output: true },
    ipamConfigs: { type: { set: { object: ipamConfigProperties } }, output: true },
    name: { type: "string" },
    options: { type: { map: "string" }, output: true },
    scope: { type: "string", output: true },
  },

  async call({ name }, { configuration }: Context<DockerHost>) {
    const { engine } = await configuration.connect();
    const found: NetworkInspectInfo = await asking(
      "Could not find docker network",
      engine.getNetwork(name).inspect(),
    );
    const { driver, scope, internal, options, ipamConfigs } = observed(found);
    const containers = containersOf(found);
    return { id: found.Id, name: found.Name, driver, scope, internal, options, ipamConfigs, containers };
  },
});

function containersOf(found: NetworkInspectInfo): Record<keyof typeof containerOutputs, string>[] {
  return Object.entries(found.Containers ?? {})
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([containerId, container]) => ({
      containerId,
      name: container.Name,
      endpointId: container.EndpointID,
      macAddress: container.MacAddress,
      ipv4Address: container.IPv4Address,
      ipv6Address: container.IPv6Address,
    }));
}
