/** Prints what the measuring process wants to know: the time since `start`, and what the process took. */
export function reportSince(start: number, more: Readonly<Record<string, number>> = {}): void {
  const seconds = (performance.now() - start) / 1000;
  const peakMiB = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ seconds, peakMiB, ...more }));
}
