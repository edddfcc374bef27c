/** The samples of one round: one of each thing that is measured. */
export type Round<Name extends string, Sample> = Readonly<Record<Name, Sample>>;

/**
 * Measures several things in turn, A B A B …, so that a machine that gets slower or faster meets all of them alike.
 *
 * @param warmUps Rounds that come first and don't count, in which caches are filled
 */
export async function interleaved<Name extends string, Sample>(
  trials: Readonly<Record<Name, () => Promise<Sample>>>,
  rounds: number,
  warmUps = 1,
): Promise<readonly Round<Name, Sample>[]> {
  for (let round = 0; round < warmUps; round++) await once(trials);
  const measured: Round<Name, Sample>[] = [];
  while (measured.length < rounds) measured.push(await once(trials));
  return measured;
}

async function once<Name extends string, Sample>(
  trials: Readonly<Record<Name, () => Promise<Sample>>>,
): Promise<Round<Name, Sample>> {
  const samples: Partial<Record<Name, Sample>> = {};
  for (const name in trials) samples[name] = await trials[name]();
  return samples as Round<Name, Sample>;
}

/** The middle value; the mean of the two middle ones where their number is even. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [lower, upper] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  if (lower === undefined || upper === undefined) throw new RangeError("no values have no median");
  return (lower + upper) / 2;
}

/** The median over the rounds of what `value` reads from each, as of a ratio of two samples. */
export function over<Sample>(rounds: readonly Sample[], value: (round: Sample) => number): number {
  return median(rounds.map(value));
}
