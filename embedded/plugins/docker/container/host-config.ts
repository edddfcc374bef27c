import type { HostConfig } from "dockerode";
import { deviceMappings, deviceRequests } from "./devices.ts";
import { given } from "../given.ts";
import { mountSettings } from "./mounts.ts";
import { portBindings } from "./ports.ts";
import { changeableResources, fixedResources } from "./resources.ts";
import { securityOptions } from "./security.ts";
import { binds, volumesFrom } from "./volumes.ts";
import type { ContainerInputs } from "./types.ts";

export function hostConfig(inputs: ContainerInputs): HostConfig {
  return {
    ...changeableResources(inputs),
    ...fixedResources(inputs),
    ...securityOptions(inputs.securityOpts),
    ...namespaces(inputs),
    ...storage(inputs),
    ...network(inputs),
    ...given({
      AutoRemove: inputs.rm,
      Runtime: inputs.runtime,
      Privileged: inputs.privileged,
      CapAdd: inputs.capabilities?.adds,
      CapDrop: inputs.capabilities?.drops,
      GroupAdd: inputs.groupAdds,
      Sysctls: inputs.sysctls,
      Devices: deviceMappings(inputs.devices),
      DeviceRequests: deviceRequests(inputs),
    }),
    // Said always: without it the daemon's own default would hold.
    Init: inputs.init ?? false,
    RestartPolicy: restartPolicy(inputs),
    LogConfig: { Type: inputs.logDriver ?? "", Config: { ...inputs.logOpts } },
  };
}

export function restartPolicy(inputs: ContainerInputs): NonNullable<HostConfig["RestartPolicy"]> {
  return { Name: inputs.restart ?? "no", MaximumRetryCount: inputs.maxRetryCount ?? 0 };
}

function namespaces(inputs: ContainerInputs): HostConfig & { CgroupnsMode?: string } {
  const modes = ["private", "host"];
  if (inputs.cgroupnsMode && !modes.includes(inputs.cgroupnsMode))
    throw new Error("cgroupns_mode: invalid CGROUP mode, must be either 'private', 'host' or empty");
  return given({
    IpcMode: inputs.ipcMode,
    PidMode: inputs.pidMode,
    UsernsMode: inputs.usernsMode,
    CgroupnsMode: inputs.cgroupnsMode,
    CgroupParent: inputs.cgroupParent,
  });
}

function storage(inputs: ContainerInputs): HostConfig {
  return given({
    ReadonlyRootfs: inputs.readOnly,
    Mounts: mountSettings(inputs.mounts),
    Tmpfs: inputs.tmpfs,
    Binds: binds(inputs.volumes),
    VolumesFrom: volumesFrom(inputs.volumes),
    StorageOpt: inputs.storageOpts,
  });
}

function network(inputs: ContainerInputs): HostConfig {
  return given({
    NetworkMode: inputs.networkMode,
    PortBindings: portBindings(inputs.ports),
    PublishAllPorts: inputs.publishAllPorts,
    Dns: inputs.dns,
    DnsOptions: inputs.dnsOpts,
    DnsSearch: inputs.dnsSearches,
    ExtraHosts: (inputs.hosts ?? []).map(({ host, ip }) => `${host}:${ip}`),
  });
}
