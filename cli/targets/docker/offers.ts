import * as os from "node:os";
import { spaceOf } from "../../doctor/space.ts";
import type { Offers } from "../target.ts";

const GIB = 1024 ** 3;

/** What this machine has, for a Docker host that is this machine. */
export async function thisMachine(): Promise<Offers> {
  const { totalGiB } = await spaceOf("/");
  const offer = (amount: number) => [
    { value: String(Math.max(1, Math.floor(amount))), hint: "this machine" },
  ];
  return {
    "machine.cpus": offer(os.availableParallelism()),
    "machine.memoryGiB": offer(os.totalmem() / GIB),
    "machine.storageGiB": offer(totalGiB),
  };
}
