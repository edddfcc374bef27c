import * as os from "node:os";
import { expect, test } from "vitest";
import { thisMachine } from "../../../../cli/targets/docker/offers.ts";

test("[K12] what this machine has is offered, in whole numbers of the settings' units", async () => {
  const offers = await thisMachine();
  const values = Object.fromEntries(
    Object.entries(offers).map(([name, [offer]]) => [name, Number(offer!.value)]),
  );
  expect(values).toEqual({
    "machine.cpus": os.availableParallelism(),
    "machine.memoryGiB": Math.max(1, Math.floor(os.totalmem() / 1024 ** 3)),
    "machine.storageGiB": expect.any(Number),
  });
  expect(Number.isInteger(values["machine.storageGiB"])).toBe(true);
});
