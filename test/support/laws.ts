import { expect, it } from "vitest";
import { type LiveStack, secretsIn } from "./live-stack.ts";

/** A stack whose target can be read. */
interface Readable extends LiveStack {
  /** All texts that others can read of it on its target, by where they stand. */
  places(): Promise<Readonly<Record<string, string>>>;
}

/** A stack that is up, and what its first `up` printed. */
export interface Up<Stack extends Readable> {
  readonly stack: Stack;
  readonly output: string;
}

/** How `verify` finds each wire, as `webui → redis: Redis, key … written and read`. */
export async function wiresOf(stack: LiveStack): Promise<string[]> {
  const { checks } = JSON.parse(await stack.done("verify", "--json", ...stack.verifyFlags)) as {
    checks: readonly Readonly<Record<"kind" | "name" | "detail", string>>[];
  };
  return checks.flatMap(({ kind, name, detail }) => (kind === "wire" ? [`${name}: ${detail}`] : []));
}

/**
 * What holds for every stack while it is up, wherever it runs.
 *
 * @param secrets - how many it has generated, at least
 */
export function laws(up: () => Up<Readable>, secrets: number): void {
  it("[G1] changes nothing when it is brought up again", async () => {
    expect(await up().stack.done("preview", "--", "--expect-no-changes")).toMatch(/\d+ unchanged/);
  });

  it("[G3] shows no secret on its target, in the state, in logs, or in what it printed", async () => {
    const { stack, output } = up();
    const all = secretsIn(await stack.state({ clear: true }));
    expect(all.size).toBeGreaterThanOrEqual(secrets);
    const state = JSON.stringify(await stack.state({ clear: false }));
    for (const [place, text] of Object.entries({ ...(await stack.places()), state, terminal: output }))
      for (const secret of all) expect(text.includes(secret), `a secret in ${place}`).toBe(false);
  });

  it("[G11] passes its policies", async () => {
    expect(await up().stack.done("preview", "--", "--policy-pack", "program/policies")).toMatch(
      /\d+ unchanged/,
    );
  });

  it("[G15] is verified: every address, every wire by its own protocol, and all that runs", async () => {
    const { ok, checks } = JSON.parse(await up().stack.done("verify", "--json", ...up().stack.verifyFlags));
    expect(checks.filter(({ outcome }: { outcome: string }) => outcome === "bad")).toEqual([]);
    expect(ok).toBe(true);
  });
}
