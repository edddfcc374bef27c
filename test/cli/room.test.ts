import { expect, test } from "vitest";
import { bad, type Check, doubtful, good } from "../../cli/checks.ts";
import { Mendable } from "../../cli/mendable.ts";
import { checkRoom } from "../../cli/room.ts";
import type { Session } from "../../cli/session.ts";

/** A session on a place that finds these checks, with so much of the stack that runs already. */
function session(checks: readonly Check[], running = 0): Session {
  const place = {
    running: async () => Array.from({ length: running }, () => ({})),
    check: async () => checks.slice(0, 1),
    checkPlan: async () => checks.slice(1),
  };
  return { place } as unknown as Session;
}

const isWell = good("Docker", "engine", "27.5.1");
const isFull = bad(
  "stack",
  "room",
  "16.25 GiB of memory promised, 13.60 can be",
  "move a stack to another host",
);

test("[G8] a stack that is not up yet comes up only where nothing has to be mended", async () => {
  expect(await checkRoom(session([isWell, doubtful("kernel", "vm.overcommit_memory", "is 0")]))).toBe(
    "there is",
  );
  const refusal = await checkRoom(session([isWell, isFull])).then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );
  expect(refusal).toBeInstanceOf(Mendable);
  expect(refusal).toMatchObject({
    message: "room: 16.25 GiB of memory promised, 13.60 can be",
    remedy: "room: move a stack to another host",
  });
});

test("[G8] one that is up has its room already", async () => {
  expect(await checkRoom(session([isWell, isFull], 3))).toBe("it has it already");
});
