import { existsSync } from "node:fs";
import * as path from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { exportStack } from "../../../cli/commands/export.ts";
import { openSession } from "../../../cli/session.ts";
import { openStack } from "../../../cli/stack.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

vi.mock("../../../cli/session.ts");
vi.mock("../../../cli/stack.ts");
const said = vi.spyOn(console, "log").mockImplementation(() => undefined);

const resources = [
  {
    urn: "urn:pulumi:box::tiny::kubernetes:core/v1:Secret::db",
    type: "kubernetes:core/v1:Secret",
    inputs: {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "db" },
      stringData: { PASSWORD: "hunter2" },
    },
  },
];
const read = vi.fn<(args: readonly string[]) => Promise<string>>();

beforeEach(() => {
  vi.clearAllMocks();
  vi.mocked(openStack).mockResolvedValue({ target: "kubernetes" } as never);
  vi.mocked(openSession).mockResolvedValue({ engine: { read } } as never);
  read.mockResolvedValue(JSON.stringify({ deployment: { resources } }));
});

test("a stack is written from its state, and what the files are for is said, without a secret in it", async () => {
  const to = path.join(temporaryFolder({}), "files");
  expect(await exportStack("box", { as: "manifests", to })).toBe(0);
  expect(read).toHaveBeenCalledWith(["stack", "export", "--show-secrets"]);
  expect(existsSync(path.join(to, "secrets.yaml"))).toBe(true);
  const printed = said.mock.calls.flat().join("\n");
  expect(printed).toContain(`kubectl apply -f ${to}`);
  expect(printed).toContain("keep it out of repositories");
  expect(printed).not.toContain("hunter2");
});

test("a stack that is not up has nothing to export", async () => {
  read.mockResolvedValue(JSON.stringify({ deployment: {} }));
  await expect(exportStack("box", { as: "manifests" })).rejects.toMatchObject({
    message: '"box" is not up, so there is nothing to export',
    remedy: "bring it up: npx keelson up box",
  });
});

test("what a stack can't be written as is refused with what it can, before anything is obtained", async () => {
  await expect(exportStack("box", { as: "helm" })).rejects.toMatchObject({
    message: '"helm" is no format',
    remedy: "for stacks on kubernetes there is: --as manifests",
  });
  vi.mocked(openStack).mockResolvedValue({ target: "docker" } as never);
  await expect(exportStack("box", { as: "manifests" })).rejects.toMatchObject({
    message: "a stack on docker can't be exported as manifests, which is for stacks on kubernetes",
    remedy: expect.stringContaining("there is no format yet"),
  });
  expect(openSession).not.toHaveBeenCalled();
});
