import { beforeEach, expect, test, vi } from "vitest";
import { bad, doubtful, good } from "../../../cli/checks.ts";
import { checkStack } from "../../../cli/commands/verify.ts";
import { examine } from "../../../cli/doctor/examine.ts";
import { stateOf } from "../../../cli/init/state.ts";
import { Mendable } from "../../../cli/mendable.ts";
import { openSession, type Session } from "../../../cli/session.ts";
import type { Stack } from "../../../cli/stack.ts";

vi.mock("../../../cli/commands/verify.ts");
vi.mock("../../../cli/doctor/examine.ts");
vi.mock("../../../cli/session.ts");

const stack = { name: "box" } as Stack;
const state = () => stateOf(stack, () => undefined);

/** A session with a stack of which so many containers run. */
const running = (count: number) =>
  ({ place: { running: async () => Array(count).fill({}) } }) as unknown as Session;

beforeEach(() => {
  vi.mocked(examine).mockResolvedValue([good("machine", "Node", "24"), doubtful("Docker", "disk", "small")]);
  vi.mocked(openSession).mockResolvedValue(running(3));
  vi.mocked(checkStack).mockResolvedValue([good("service", "web", "200")]);
});

test("[K12] a stack whose checks are all good is ready, up and well", async () => {
  expect(await state()).toEqual({ isReady: true, isUp: true, isWell: true });
});

test("[K12] a stack of which nothing runs is not up, and not verified", async () => {
  vi.mocked(openSession).mockResolvedValue(running(0));
  vi.mocked(checkStack).mockRejectedValue(new Error("must not be asked"));
  expect(await state()).toEqual({ isReady: true, isUp: false, isWell: false });
});

test("[K12] a stack with a service that is not well is up", async () => {
  vi.mocked(checkStack).mockResolvedValue([bad("service", "web", "503")]);
  expect(await state()).toEqual({ isReady: true, isUp: true, isWell: false });
});

test("[K12] where the target does not answer, nothing is done, and doctor is left to say why", async () => {
  vi.mocked(examine).mockResolvedValue([bad("Docker", "Docker", "does not answer")]);
  vi.mocked(openSession).mockRejectedValue(new Mendable("Docker does not answer", "start it"));
  expect(await state()).toEqual({ isReady: false, isUp: false, isWell: false });
});

test("an error that nobody thought of is not taken for a stack that is not up", async () => {
  vi.mocked(openSession).mockRejectedValue(new TypeError("bang"));
  await expect(state()).rejects.toThrow("bang");
});
