import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Allocatable } from "../../components/clusters/node-types/index.ts";
import { CloudStack } from "./cloud-stack.ts";
import { giveKey } from "./orchestration-proofs.ts";

/** A cloud, and what it leaves to pods on its usual node and on one with more memory. */
export interface CloudFacts {
  readonly cloud: string;
  readonly general: Allocatable;
  readonly memory: Allocatable;
  /** Kinds of resources that the cloud keeps for good. @defaultValue none */
  readonly keeps?: readonly string[];
}

/** Gives a stack the secrets that no file has, and says what its own settings are then. */
const PREPARED: Readonly<Record<string, (stack: CloudStack) => Promise<Readonly<Record<string, unknown>>>>> =
  {
    orchestration: (stack) => giveKey(stack, "sk-of-a-test-in-clouds"),
  };

/** Platforms of which something asks for more memory than a usual node has. */
const MEMORY_RICH = ["orchestration"];

/** A stack that is up, and those of its settings that no file has. */
export interface UpStack {
  readonly stack: CloudStack;
  readonly prepared: Readonly<Record<string, unknown>>;
}

/**
 * What holds for a platform's stack on a cloud: it comes up on nodes of the cloud's sizes, stays as it is, and goes.
 *
 * @param more What else is looked at while it is up
 */
export function cloudLaws(
  platform: string,
  { cloud, general, memory, keeps = [] }: CloudFacts,
  more: (up: () => UpStack) => void = () => undefined,
): void {
  describe(`${platform}-${cloud}`, () => {
    let up: UpStack | undefined;
    const opened = () => {
      if (!up) throw new Error(`${platform}-${cloud} did not come up`);
      return up;
    };
    const pulumi = async (...args: readonly string[]) => opened().stack.done("pulumi", "--", ...args);

    beforeAll(async () => {
      const stack = await CloudStack.of(platform, cloud);
      up = { stack, prepared: {} };
      up = { stack, prepared: (await PREPARED[platform]?.(stack)) ?? {} };
      await pulumi("up", "--yes", "--skip-preview");
    });
    afterAll(async () => {
      await up?.stack.close();
    });

    it("[G1] [G8] [G18] [O11] [O3] has every pod ready on nodes of the cloud's sizes", async () => {
      const { stack } = opened();
      const nodes = await stack.nodes();
      const memories = new Set(nodes.map(({ status }) => gibibytes(status!.allocatable!["memory"]!)));
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

    more(opened);

    it("[G6] leaves nothing behind when it is taken down with its data", async () => {
      const { stack } = opened();
      await stack.done("down", "--delete-data", "--yes", "--", "--skip-preview");
      expect(await stack.exists()).toBe(false);
      expect(await stack.nodes()).toEqual([]);
      expect(stack.remembered().filter((kind) => !keeps.includes(kind))).toEqual([]);
    });
  });
}

/** A quantity of Kubernetes in GiB. */
function gibibytes(quantity: string): number {
  const [, number = "", unit = ""] = /^(\d+)([A-Za-z]*)$/.exec(quantity)!;
  const powers: Readonly<Record<string, number>> = { "": 0, Ki: 10, Mi: 20, Gi: 30 };
  return (Number(number) * 2 ** powers[unit]!) / 2 ** 30;
}
