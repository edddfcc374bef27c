import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { declarations, flattenState } from "../support/flatten.ts";
import { type Report, type Row, seconds, times } from "../support/row.ts";
import { interleaved, over } from "../support/samples.ts";
import { makeStack, type Stack, type Workshop } from "../support/stack.ts";

const PLAIN = "bench-plain";

/** How long a preview of the platform takes that finds nothing to change, beside one of the same resources declared by hand. */
export async function noOpPreview(
  platform: Stack,
  workshop: Workshop,
  report: Report,
): Promise<readonly Row[]> {
  report("writing the same resources down as a program without components");
  const flat = flattenState(await platform.state(), PLAIN);
  const list = path.join(workshop.folder, "resources.json");
  const state = path.join(workshop.folder, "plain-state.json");
  writeFileSync(list, JSON.stringify(declarations(flat)), { mode: 0o600 });
  writeFileSync(state, JSON.stringify(flat), { mode: 0o600 });
  const plain = await makeStack(workshop, PLAIN, "plain", { BENCH_RESOURCES: list });
  await plain.run("stack import", "--file", state);

  report("previewing both, in turn");
  const trials = { keelson: () => timed(platform), plain: () => timed(plain) };
  const rounds = await interleaved(trials, 5);
  const byHand = seconds(over(rounds, (round) => round.plain));
  return [
    {
      what: `preview without changes, ${flat.deployment.resources.length} resources`,
      measured: seconds(over(rounds, (round) => round.keelson)),
      compared: `${times(over(rounds, (round) => round.keelson / round.plain))} the same resources by hand, ${byHand}`,
      aim: "below 1.3 ×",
    },
  ];
}

async function timed(stack: Stack): Promise<number> {
  const start = performance.now();
  await stack.run("preview", "--expect-no-changes");
  return (performance.now() - start) / 1000;
}
