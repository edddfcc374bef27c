import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  aksAllocatable,
  eksAllocatable,
  gkeAllocatable,
} from "../../../components/clusters/node-types/index.ts";
import { platforms } from "../../../stacks/platforms.ts";
import { CloudStack } from "../../support/cloud-stack.ts";
import { giveKey } from "../../support/orchestration-proofs.ts";

/** What a cloud leaves to pods on its usual node, and on one with more memory. */
const CLOUDS = {
  eks: { general: eksAllocatable("t3.xlarge"), memory: eksAllocatable("r6i.2xlarge") },
  gke: { general: gkeAllocatable("e2-standard-4"), memory: gkeAllocatable("e2-highmem-8") },
  aks: { general: aksAllocatable("Standard_DS3_v2"), memory: aksAllocatable("Standard_E8s_v5") },
};

/** Gives a stack the secrets that no file has. */
const PREPARED: Readonly<Record<string, (stack: CloudStack) => Promise<unknown>>> = {
  orchestration: (stack) => giveKey(stack, "sk-of-a-test-in-clouds"),
};

/** Platforms of which something asks for more memory than a usual node has. */
const MEMORY_RICH = ["orchestration"];

const stacks = Object.keys(CLOUDS).flatMap((cloud) =>
  Object.keys(platforms).map((platform) => ({ platform, cloud: cloud as keyof typeof CLOUDS })),
);

describe.each(stacks)("$platform-$cloud", ({ platform, cloud }) => {
  let stack: CloudStack;
  const pulumi = async (...args: readonly string[]) => stack.done("pulumi", "--", ...args);

  beforeAll(async () => {
    stack = await CloudStack.of(platform, cloud);
    await PREPARED[platform]?.(stack);
    await pulumi("up", "--yes", "--skip-preview");
  });
  afterAll(() => stack.close());

  it("[G1] [G18] [O11] [O3] has every pod ready on nodes of the cloud's sizes", async () => {
    const nodes = await stack.nodes();
    const memories = new Set(nodes.map(({ status }) => gibibytes(status!.allocatable!["memory"]!)));
    const { general, memory } = CLOUDS[cloud];
    const expected = MEMORY_RICH.includes(platform) ? [general, memory] : [general];
    expect([...memories].toSorted((one, other) => one - other)).toEqual(
      expected.map(({ memoryGiB }) => expect.closeTo(memoryGiB, 1) as number),
    );
    const names = nodes.map(({ metadata }) => metadata!.name);
    const pods = Object.values(await stack.pods()).flat();
    expect(pods.length).toBeGreaterThan(5);
    for (const { metadata, spec, status } of pods) {
      expect(names, metadata!.name).toContain(spec!.nodeName);
      expect(["Running", "Succeeded"], metadata!.name).toContain(status!.phase);
    }
  });

  it("[G1] changes nothing when it is brought up again", async () => {
    expect(await pulumi("preview", "--expect-no-changes")).toMatch(/\d+ unchanged/);
  });

  it("[G6] leaves nothing behind when it is taken down with its data", async () => {
    await stack.done("down", "--delete-data", "--yes");
    expect(await stack.exists()).toBe(false);
    expect(await stack.nodes()).toEqual([]);
    expect(stack.remembered()).toEqual([]);
    expect((await stack.state({ clear: false })).deployment.resources ?? []).toEqual([]);
  });
});

/** A quantity of Kubernetes in GiB. */
function gibibytes(quantity: string): number {
  const [, number = "", unit = ""] = /^(\d+)([A-Za-z]*)$/.exec(quantity)!;
  const powers: Readonly<Record<string, number>> = { "": 0, Ki: 10, Mi: 20, Gi: 30 };
  return (Number(number) * 2 ** powers[unit]!) / 2 ** 30;
}
