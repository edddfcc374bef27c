import type { HostConfig } from "dockerode";
import { given } from "../given.ts";
import { throttles } from "./devices.ts";
import type { ContainerInputs } from "./types.ts";

const mebibyte = 1024 * 1024;

/** Limits that a running container can be given anew, by `POST /containers/{id}/update`. */
export function changeableResources(inputs: ContainerInputs): HostConfig {
  return given({
    CpuShares: inputs.cpuShares,
    CpusetCpus: inputs.cpuSet,
    Memory: bytes(inputs.memory),
    MemoryReservation: bytes(inputs.memoryReservation),
    MemorySwap: bytes(inputs.memorySwap),
    BlkioDeviceReadBps: throttles(inputs.deviceReadBps),
    BlkioDeviceReadIOps: throttles(inputs.deviceReadIops),
    BlkioDeviceWriteBps: throttles(inputs.deviceWriteBps),
    BlkioDeviceWriteIOps: throttles(inputs.deviceWriteIops),
  });
}

/** Limits that hold from the creation on. `cpus` has precedence over the two that it stands for. */
export function fixedResources(inputs: ContainerInputs): HostConfig {
  const cpu = inputs.cpus
    ? { NanoCpus: nanoCpus(inputs.cpus) }
    : given({ CpuPeriod: inputs.cpuPeriod, CpuQuota: inputs.cpuQuota });
  const ulimits = (inputs.ulimits ?? []).map(({ name, soft, hard }) => ({
    Name: name,
    Soft: soft,
    Hard: hard,
  }));
  return { ...cpu, ...given({ ShmSize: bytes(inputs.shmSize), Ulimits: ulimits }) };
}

/** MiB as bytes; -1 stands for "no limit" and stays. */
function bytes(amount = 0): number {
  return amount > 0 ? amount * mebibyte : amount;
}

/** Bytes as whole MiB; 0 and -1 stay. */
export function mebibytes(amount = 0): number {
  return amount > 0 ? Math.floor(amount / mebibyte) : amount;
}

/** CPUs (`"0.5"`) as billionths of one. */
function nanoCpus(cpus: string): number {
  if (!/^\d*\.?\d+$/.test(cpus)) throw new Error(`Error setting cpus: "${cpus}" is not a decimal number`);
  const nano = Number(cpus) * 1e9;
  if (Math.abs(nano - Math.round(nano)) > 1e-3)
    throw new Error(`Error setting cpus: "${cpus}" has more than nine decimal places`);
  return Math.round(nano);
}

/** Billionths of a CPU as the official plugin writes them back: always with a decimal place, `"1.0"`. */
export function cpusOutput(nano: number): string {
  const decimals = (nano / 1e9).toFixed(9).replace(/0+$/, "");
  return decimals.endsWith(".") ? `${decimals}0` : decimals;
}
