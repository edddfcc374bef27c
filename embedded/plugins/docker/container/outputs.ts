import type { ContainerInspectInfo, HostConfig } from "dockerode";
import { healthcheckOutputs } from "./healthcheck.ts";
import { mountOutputs } from "./mounts.ts";
import { networkDatas } from "./networks.ts";
import { portOutputs } from "./ports.ts";
import { cpusOutput, mebibytes } from "./resources.ts";
import { isGiven, splitOnce } from "../given.ts";
import type { ContainerOutputs } from "./types.ts";

type Ulimit = NonNullable<HostConfig["Ulimits"]>[number];

/** The inspect answer. Newer engines leave out what is empty, and the type definition lacks some fields. */
interface Inspected extends ContainerInspectInfo {
  readonly Config: ContainerInspectInfo["Config"] & ConfigAddition;
  readonly NetworkSettings: ContainerInspectInfo["NetworkSettings"] & { readonly Bridge?: string };
}

interface ConfigAddition {
  readonly OpenStdin: boolean;
  readonly StopSignal?: string;
  readonly StopTimeout?: number;
}

/**
 * The properties of a container that the daemon tells, in the form in which the official plugin keeps them.
 * `known` is what is known of the container already: a property that the image or the daemon may fill in on its own (ports,
 * ulimits, devices …) is read only if the program set it. Environment and labels are never read: the image's own are among them.
 */
export function observed(container: ContainerInspectInfo, known: ContainerOutputs): ContainerOutputs {
  const inspected = container as Inspected;
  return {
    ...identity(inspected, known),
    ...processOf(inspected, known),
    ...hostSettings(inspected),
    ...resourceOutputs(inspected),
    ...networkOutputs(inspected, known),
    ...onlyIfSet(inspected, known),
  };
}

function identity(container: Inspected, known: ContainerOutputs): ContainerOutputs {
  const Config: Partial<Inspected["Config"]> = container.Config;
  return {
    name: container.Name.replace(/^\/+/, ""),
    // What was given by its id is compared by it.
    image: known.image?.startsWith("sha256:") ? container.Image : (Config.Image ?? ""),
    platform: container.Platform,
    hostname: Config.Hostname ?? "",
    domainname: Config.Domainname ?? "",
  };
}

function processOf(container: Inspected, known: ContainerOutputs): ContainerOutputs {
  const { State } = container;
  const Config: Partial<Inspected["Config"]> = container.Config;
  return {
    command: Config.Cmd ?? [],
    entrypoints: [Config.Entrypoint ?? []].flat(),
    user: Config.User ?? "",
    workingDir: Config.WorkingDir ?? "",
    tty: Config.Tty ?? false,
    stdinOpen: Config.OpenStdin ?? false,
    stopSignal: Config.StopSignal ?? "",
    stopTimeout: Config.StopTimeout ?? 0,
    ...(Config.Healthcheck && { healthcheck: healthcheckOutputs(Config.Healthcheck) }),
    // A container that must run and does not is marked by a `mustRun` that differs from the program's: the next update starts it.
    ...(!State.Running && { exitCode: State.ExitCode, ...(known.mustRun && { mustRun: false }) }),
  };
}

function hostSettings({ HostConfig: host }: Inspected): ContainerOutputs {
  return {
    rm: host.AutoRemove ?? false,
    readOnly: host.ReadonlyRootfs ?? false,
    privileged: host.Privileged ?? false,
    restart: host.RestartPolicy?.Name ?? "",
    maxRetryCount: host.RestartPolicy?.MaximumRetryCount ?? 0,
    init: host.Init ?? false,
    runtime: host.Runtime ?? "",
    ipcMode: host.IpcMode ?? "",
    usernsMode: host.UsernsMode ?? "",
    groupAdds: host.GroupAdd ?? [],
    securityOpts: (host.SecurityOpt as string[] | null) ?? [],
    sysctls: host.Sysctls ?? {},
    storageOpts: host.StorageOpt ?? {},
    tmpfs: host.Tmpfs ?? {},
    logDriver: host.LogConfig?.Type ?? "",
    mounts: mountOutputs(host.Mounts ?? []) as ContainerOutputs["mounts"] & object,
    ...capabilities(host),
  };
}

function capabilities(host: Inspected["HostConfig"]): ContainerOutputs {
  const adds = (host.CapAdd as string[] | null) ?? [];
  const drops = (host.CapDrop as string[] | null) ?? [];
  return adds.length + drops.length > 0 ? { capabilities: { adds, drops } } : {};
}

function resourceOutputs({ HostConfig: host }: Inspected): ContainerOutputs {
  return {
    memory: mebibytes(host.Memory),
    memoryReservation: mebibytes(host.MemoryReservation),
    memorySwap: mebibytes(host.MemorySwap),
    shmSize: mebibytes(host.ShmSize),
    cpuShares: host.CpuShares ?? 0,
    cpuSet: host.CpusetCpus ?? "",
    ...(host.NanoCpus ? { cpus: cpusOutput(host.NanoCpus) } : {}),
    deviceReadBps: throttleOutputs(host.BlkioDeviceReadBps),
    deviceReadIops: throttleOutputs(host.BlkioDeviceReadIOps),
    deviceWriteBps: throttleOutputs(host.BlkioDeviceWriteBps),
    deviceWriteIops: throttleOutputs(host.BlkioDeviceWriteIOps),
  };
}

function throttleOutputs(devices: { Path: string; Rate: number }[] | null): { path: string; rate: number }[] {
  return (devices ?? []).map(({ Path, Rate }) => ({ path: Path, rate: Rate }));
}

function networkOutputs(container: Inspected, known: ContainerOutputs): ContainerOutputs {
  const { HostConfig: host, NetworkSettings: settings, State } = container;
  return {
    bridge: settings.Bridge ?? "",
    networkMode: host.NetworkMode ?? "",
    networkDatas: networkDatas(settings.Networks),
    dns: host.Dns ?? [],
    dnsOpts: host.DnsOptions ?? [],
    dnsSearches: host.DnsSearch ?? [],
    hosts: ((host.ExtraHosts as string[] | null) ?? []).map((entry) => {
      const [name, ip] = splitOnce(entry, ":");
      return { host: name, ip };
    }),
    publishAllPorts: host.PublishAllPorts ?? false,
    // A container that has ended has no bindings; one that need not run keeps those it was made with.
    ...(isGiven(known.ports) && (State.Running || known.mustRun) && { ports: portOutputs(settings.Ports) }),
  };
}

function ulimitOutputs(
  ulimits: readonly Ulimit[] | null | undefined,
): NonNullable<ContainerOutputs["ulimits"]> {
  return (ulimits ?? []).map(({ Name = "", Soft = 0, Hard = 0 }) => ({ name: Name, soft: Soft, hard: Hard }));
}

function onlyIfSet({ HostConfig: host }: Inspected, known: ContainerOutputs): ContainerOutputs {
  return {
    logOpts: isGiven(known.logOpts) ? (host.LogConfig?.Config as Record<string, string>) : {},
    ...(isGiven(known.pidMode) && { pidMode: host.PidMode ?? "" }),
    ...(isGiven(known.ulimits) && { ulimits: ulimitOutputs(host.Ulimits) }),
  };
}
