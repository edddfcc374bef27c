import type { DeviceRequest } from "dockerode";
import { splitOnce } from "../given.ts";
import type { ContainerInputs, ElementOf } from "./types.ts";

type Throttle = ElementOf<"deviceReadBps">;

/** How the Engine API writes a device; a device without a path of its own in the container keeps that of the host. */
export function deviceMappings(devices: readonly ElementOf<"devices">[] = []): object[] {
  return devices.map((device) => ({
    PathOnHost: device.hostPath,
    PathInContainer: device.containerPath || device.hostPath,
    CgroupPermissions: device.permissions ?? "rwm",
  }));
}

export function throttles(devices: readonly Throttle[] = []): object[] {
  return devices.map(({ path, rate }) => ({ Path: path, Rate: rate }));
}

/** The devices that `deviceRequests` or `gpus`, of which only one may be given, ask for. */
export function deviceRequests({ deviceRequests: requests = [], gpus }: ContainerInputs): DeviceRequest[] {
  if (gpus) return [gpuRequest(gpus)];
  return requests.map((request) => ({
    Driver: request.driver ?? "cdi",
    Count: request.count ?? 0,
    DeviceIDs: [...(request.deviceIds ?? [])],
    Capabilities: [[...(request.capabilities ?? [])]],
    Options: { ...request.options },
  }));
}

/**
 * Reads the notation of `docker run --gpus`: `all`, a number, or `device=0,driver=nvidia,capabilities=utility` with quotes
 * around a value that has commas of its own.
 */
function gpuRequest(text: string): DeviceRequest {
  const request: { -readonly [Name in keyof DeviceRequest]: DeviceRequest[Name] } = {
    Capabilities: [["gpu"]],
    Options: {},
  };
  const unquoted = text.trim().replace(/^'(.*)'$/, "$1");
  for (const [field] of unquoted.matchAll(/(?:"[^"]*"|[^,"])+/g)) {
    const [name, value] = splitOnce(field.replaceAll('"', ""), "=");
    if (name === "driver") request.Driver = value;
    else if (name === "device") request.DeviceIDs = value.split(",");
    else if (name === "capabilities") request.Capabilities = [[...value.split(","), "gpu"]];
    else request.Count = gpuCount(name === "count" ? value : field);
  }
  if (request.Count === undefined && !request.DeviceIDs) request.Count = 1;
  return request;
}

function gpuCount(text: string): number {
  if (text === "all") return -1;
  if (/^-?\d+$/.test(text)) return Number(text);
  throw new Error(
    `Error setting gpus: "${text}" is not understood: write "all", a number, or "device=0", "driver=…", "capabilities=…"`,
  );
}
