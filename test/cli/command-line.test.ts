import { beforeEach, expect, test, vi } from "vitest";
import { commandLine } from "../../cli/command-line.ts";
import { down } from "../../cli/commands/down.ts";
import { pulumi } from "../../cli/commands/pulumi.ts";
import { start } from "../../cli/commands/start.ts";
import { up } from "../../cli/commands/up.ts";
import { verify } from "../../cli/commands/verify.ts";
import { explain, Mendable } from "../../cli/mendable.ts";

vi.mock("../../cli/commands/down.ts");
vi.mock("../../cli/commands/pulumi.ts");
vi.mock("../../cli/commands/start.ts");
vi.mock("../../cli/commands/up.ts");
vi.mock("../../cli/commands/verify.ts");
beforeEach(() => void vi.clearAllMocks());

/** Runs `keelson` with these arguments; answers the exit status. */
async function keelson(...args: readonly string[]): Promise<number | undefined> {
  let status: number | undefined;
  await commandLine((ended) => (status = ended)).parseAsync(args, { from: "user" });
  return status;
}

test("what follows -- goes to Pulumi as it is, options that look like keelson's own as well", async () => {
  await keelson("up", "box", "--", "--target", "urn:x", "--yes");
  expect(up).toHaveBeenCalledWith("box", ["--target", "urn:x", "--yes"], {});
});

test("options before -- are keelson's own", async () => {
  await keelson("down", "box", "--delete-data", "-y");
  expect(down).toHaveBeenCalledWith("box", [], { deleteData: true, yes: true });
});

test("any command of Pulumi can be run", async () => {
  await keelson("pulumi", "box", "--", "stack", "output", "--show-secrets");
  expect(pulumi).toHaveBeenCalledWith("box", ["stack", "output", "--show-secrets"]);
});

test("start brings acceleration-docker up unless another stack is named", async () => {
  await keelson("start");
  expect(start).toHaveBeenCalledWith("acceleration-docker", {});
  await keelson("start", "box", "--prepare");
  expect(start).toHaveBeenCalledWith("box", { prepare: true });
});

test("the status that a command answers is passed on", async () => {
  vi.mocked(verify).mockResolvedValue(1);
  expect(await keelson("verify", "box", "--json")).toBe(1);
});

test("an error is one readable message with what to do, and no stack trace", () => {
  const error = new Mendable("there is no stack", "write it,\nor name another");
  expect(explain(error, false)).toBe("error: there is no stack\n  write it,\n  or name another");
});

test("an error that nobody thought of names the option that shows where it comes from", () => {
  expect(explain(new Error("bang"), false)).toBe("error: bang\n  --verbose shows where it comes from");
});

test("where an error and its causes come from is shown when it is asked for", () => {
  const shown = explain(new Mendable("outer", "mend it", { cause: new Error("inner") }), true);
  expect(shown).toMatch(/^error: outer\n {2}mend it\n[^]*command-line\.test\.ts[^]*caused by Error: inner\n/);
});
