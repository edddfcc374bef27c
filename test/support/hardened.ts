import type Docker from "dockerode";

const MEBIBYTE = 1024 * 1024;

/** Settings of a container as the Docker target makes them: no rights, a root file system that can't be written, limits. */
export function hardened(settings: Docker.HostConfig = {}): Docker.HostConfig {
  return {
    ReadonlyRootfs: true,
    CapDrop: ["ALL"],
    SecurityOpt: ["no-new-privileges:true"],
    Init: true,
    Memory: 512 * MEBIBYTE,
    MemorySwap: 512 * MEBIBYTE,
    PidsLimit: 256,
    Tmpfs: { "/tmp": "" },
    ...settings,
  };
}
