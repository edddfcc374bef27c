import type { ContainerInspectInfo } from "dockerode";
import { splitOnce } from "../given.ts";
import type { ElementOf } from "./types.ts";

type Port = ElementOf<"ports">;
type Bindings = ContainerInspectInfo["NetworkSettings"]["Ports"];

const key = (port: Port): string => `${port.internal}/${port.protocol ?? "tcp"}`;

export function exposedPorts(ports: readonly Port[] = []): Record<string, object> {
  return Object.fromEntries(ports.map((port) => [key(port), {}]));
}

/** Port bindings by exposed port. Host port 0 lets the daemon choose a free one. */
export function portBindings(ports: readonly Port[] = []): Bindings {
  const bindings: Bindings = {};
  for (const port of ports)
    (bindings[key(port)] ??= []).push({ HostPort: `${port.external ?? 0}`, HostIp: port.ip || "0.0.0.0" });
  return bindings;
}

/** The ports as bound, ordered by the container's port. `bindings` is `null` for a container that has ended. */
export function portOutputs(bindings: Bindings | null): Required<Port>[] {
  return Object.entries(bindings ?? {})
    .flatMap(([exposed, hostPorts]) => {
      const [internal, protocol] = splitOnce(exposed, "/");
      // An exposed port that is not published has null for its bindings.
      return ((hostPorts as typeof hostPorts | null) ?? []).map(({ HostIp, HostPort }) => ({
        internal: Number(internal),
        external: Number(HostPort),
        ip: HostIp,
        protocol,
      }));
    })
    .toSorted((one, other) => one.internal - other.internal);
}
