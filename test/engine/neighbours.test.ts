import { symlink, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { stringify } from "yaml";
import { DockerStack } from "../support/docker-stack.ts";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));

/** A platform of one store, which judges together with what is on the host already. */
const PROGRAM = `
import { Redis } from "./program/components/services/redis.ts";
import { Docker } from "./program/components/targets/docker/docker.ts";
import { images } from "./program/components/images.ts";
import { neighboursOn } from "./program/stacks/neighbours.ts";
import * as pulumi from "@pulumi/pulumi";

export const stack = pulumi.getStack();
const machine = { cpus: 4, memoryGiB: 1, storageGiB: 100 };
const resources = { cpuRequest: 0.1, cpuLimit: 0.5, memoryRequestMiB: 512, memoryLimitMiB: 512 };
const neighbours = await neighboursOn(undefined, stack);
const target = new Docker(stack, { machine, neighbours, images: { tools: images.busybox }, destroyData: true });
new Redis("queue", { target, evict: "never", resources });
`;

/** A stack of that platform, with names of its own on the host. */
async function tiny(name: string): Promise<DockerStack> {
  const stack = await DockerStack.open(name, { "keelson:target": "docker" });
  const project = { name, main: "tiny.ts", runtime: { name: "nodejs", options: { typescript: false } } };
  const files = {
    "Pulumi.yaml": stringify(project),
    "tiny.ts": PROGRAM,
    "package.json": '{"type":"module"}',
  };
  for (const [file, text] of Object.entries(files)) await writeFile(path.join(stack.folder, file), text);
  await symlink(path.join(REPOSITORY, "node_modules"), path.join(stack.folder, "node_modules"));
  return stack;
}

let first: DockerStack;
let second: DockerStack;

beforeAll(async () => {
  [first, second] = [await tiny("test-neighbours-first"), await tiny("test-neighbours-second")];
  await first.done("up");
});
afterAll(async () => {
  await first.close();
  await second.close();
});

/** Lines of a table's rows, as words. */
const rows = (output: string, ...names: readonly string[]) =>
  output
    .split("\n")
    .map((line) => line.trim().split(/\s{2,}/))
    .filter(([name = ""]) => names.includes(name));

it("[G8, M2] a stack that fits alone is refused on a host where another has the room, with the arithmetic", async () => {
  const { status, output } = await second.keelson("up");
  expect(status).not.toBe(0);
  expect(output).toContain(
    '"test-neighbours-second": this does not fit the host: 1.00 GiB of memory promised, 0.85 can be; ' +
      'most go to queue (0.50), stack "test-neighbours-first" (0.50)',
  );
  expect(rows(output, 'stack "test-neighbours-first"', "promised")).toContainEqual([
    'stack "test-neighbours-first"',
    ...["0.10", "0.50", "2"],
  ]);
  expect(await second.containers()).toEqual([]);
});

it("[G8, G15] doctor says the same beforehand", async () => {
  const { status, output } = await second.keelson("doctor", "--json");
  expect(status).toBe(1);
  const { ok, checks } = JSON.parse(output.slice(output.indexOf("{\n"))) as {
    readonly ok: boolean;
    readonly checks: readonly { readonly name: string; readonly outcome: string; readonly remedy?: string }[];
  };
  expect(ok).toBe(false);
  const { remedy = "", ...program } = checks.find(({ name }) => name === "program")!;
  expect(program.outcome).toBe("bad");
  expect(remedy).toContain('stack "test-neighbours-first"');
});

it("[G8] an update of the first does not count it twice", async () => {
  expect(await first.done("up")).toMatch(/unchanged/);
});
