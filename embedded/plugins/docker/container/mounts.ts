import type { MountSettings, MountType } from "dockerode";
import { given, labelMap, labelOutputs } from "../given.ts";
import type { ElementOf } from "./types.ts";

type Mount = ElementOf<"mounts">;

/** The options that belong to a mount's type; those of another type are left aside, as the official plugin does. */
const optionsOf: Record<string, (mount: Mount) => Partial<MountSettings>> = {
  bind: ({ bindOptions }) =>
    bindOptions
      ? ({ BindOptions: given({ Propagation: bindOptions.propagation }) } as Partial<MountSettings>)
      : {},
  volume: ({ volumeOptions }) => (volumeOptions ? { VolumeOptions: volumeSettings(volumeOptions) } : {}),
  tmpfs: ({ tmpfsOptions }) =>
    tmpfsOptions
      ? { TmpfsOptions: { SizeBytes: tmpfsOptions.sizeBytes ?? 0, Mode: tmpfsOptions.mode ?? 0 } }
      : {},
};

export function mountSettings(mounts: readonly Mount[] = []): MountSettings[] {
  return mounts.map((mount) => ({
    Type: mount.type as MountType,
    Target: mount.target,
    Source: mount.source ?? "",
    ReadOnly: mount.readOnly ?? false,
    ...optionsOf[mount.type]?.(mount),
  }));
}

function volumeSettings(
  options: NonNullable<Mount["volumeOptions"]>,
): NonNullable<MountSettings["VolumeOptions"]> {
  return {
    NoCopy: options.noCopy ?? false,
    Labels: labelMap(options.labels),
    DriverConfig: { Name: options.driverName ?? "", Options: { ...options.driverOptions } },
    ...given({ Subpath: options.subpath }),
  };
}

/** The mounts as the daemon keeps them; `null` for a mount's options that it was not given. */
export function mountOutputs(mounts: readonly MountSettings[] = []): object[] {
  return mounts.map((mount) => ({
    type: mount.Type,
    target: mount.Target,
    source: mount.Source ?? "",
    readOnly: mount.ReadOnly ?? false,
    bindOptions: mount.BindOptions ? { propagation: mount.BindOptions.Propagation ?? "" } : null,
    volumeOptions: mount.VolumeOptions ? volumeOutputs(mount.VolumeOptions) : null,
    tmpfsOptions: mount.TmpfsOptions
      ? { sizeBytes: mount.TmpfsOptions.SizeBytes ?? 0, mode: mount.TmpfsOptions.Mode ?? 0 }
      : null,
  }));
}

function volumeOutputs(options: NonNullable<MountSettings["VolumeOptions"]>): object {
  return {
    noCopy: options.NoCopy ?? false,
    labels: labelOutputs(options.Labels),
    driverName: options.DriverConfig?.Name ?? "",
    driverOptions: options.DriverConfig?.Options ?? {},
    subpath: options.Subpath ?? "",
  };
}
