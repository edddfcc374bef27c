import { beforeEach, expect, test, vi } from "vitest";
import { down } from "../../cli/commands/down.ts";
import { openSession } from "../../cli/session.ts";

vi.mock("../../cli/session.ts");

const run = vi.fn<(args: readonly string[]) => Promise<number>>();
const removed = vi.fn<(name: string) => void>();
const said = vi.spyOn(console, "log").mockImplementation(() => undefined);

const data = {
  expected: ["box-postgres-data"],
  present: async () => ["box-postgres-data"],
  remove: async (names: readonly string[]) => names.forEach((name) => removed(name)),
};

beforeEach(() => {
  vi.clearAllMocks();
  run.mockResolvedValue(0);
  vi.mocked(openSession).mockResolvedValue({
    engine: { run },
    place: { data: async () => data },
  } as never);
});

/** All that was printed. */
const printed = () => said.mock.calls.flat().join("\n");

test("[G6] taking a stack down keeps what is protected, names the volumes, and says how to delete them", async () => {
  expect(await down("box", ["--debug"], {})).toBe(0);
  expect(run).toHaveBeenCalledWith(["destroy", "--exclude-protected", "--yes", "--debug"]);
  expect(removed).not.toHaveBeenCalled();
  expect(printed()).toContain("box-postgres-data");
  expect(printed()).toContain("keelson down box --delete-data");
});

test("[G6] data is deleted only when it is asked for and confirmed", async () => {
  await expect(down("box", [], { deleteData: true })).rejects.toThrow("deleting data must be confirmed");
  expect(run).not.toHaveBeenCalled();
});

test("[G6] confirmed, the data goes with the stack", async () => {
  expect(await down("box", [], { deleteData: true, yes: true })).toBe(0);
  expect(run).toHaveBeenCalledWith(["destroy", "--ignore-protect", "--yes"]);
  expect(removed).toHaveBeenCalledWith("box-postgres-data");
  expect(printed()).toContain("deleted the data: box-postgres-data");
});

test("[G6] where the engine fails, no data is deleted and its status is passed on", async () => {
  run.mockResolvedValue(255);
  expect(await down("box", [], { deleteData: true, yes: true })).toBe(255);
  expect(removed).not.toHaveBeenCalled();
});
