import { z } from "zod";
import type { Check } from "./checks.ts";
import { messageOf } from "./mendable.ts";
import { type Patience, untilWell, USUAL_PATIENCE } from "./patience.ts";
import { type Asker, asker } from "./request.ts";

/** Asks a service for its health until it answers 200; then, if it is one that says so, how it reaches what it depends on. */
export async function checkService(
  name: string,
  url: string,
  ask: Asker = asker(),
  patience = USUAL_PATIENCE,
): Promise<Check[]> {
  const health = await checkHealth(name, url, ask, patience);
  return health.outcome === "good" ? [health, ...(await checkWiring(name, url, ask, patience))] : [health];
}

async function checkHealth(name: string, url: string, ask: Asker, patience: Patience): Promise<Check> {
  const { problem, time } = await untilWell(
    patience,
    () => timed(ask, url),
    (answer) => answer.problem === undefined,
  );
  if (problem === undefined)
    return { kind: "service", name, outcome: "good", detail: `${url} answers 200 in ${time} ms` };
  return {
    kind: "service",
    name,
    outcome: "bad",
    detail: `${url} ${problem} (asked ${patience.tries === 1 ? "once" : `${patience.tries} times`})`,
    remedy: remedyFor(problem),
  };
}

interface TimedAnswer {
  /** Why it isn't what it should be; nothing if it is. */
  readonly problem: string | undefined;
  /** In milliseconds. */
  readonly time: number;
  readonly body: string;
}

async function timed(ask: Asker, url: string): Promise<TimedAnswer> {
  const started = performance.now();
  const taken = () => Math.round(performance.now() - started);
  try {
    const { status, body } = await ask(url);
    return { problem: status === 200 ? undefined : `answers ${status}`, time: taken(), body };
  } catch (error) {
    return { problem: `does not answer: ${reasonOf(error)}`, time: taken(), body: "" };
  }
}

/** An attempt at several addresses has a list of what went wrong, and an empty message. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join(", ");
  return messageOf(error);
}

function remedyFor(problem: string): string {
  if (problem.includes("certificate")) {
    return "name the file with the certificate of its authority in the variable NODE_EXTRA_CA_CERTS";
  }
  if (problem.includes("ENOTFOUND") || problem.includes("EAI_AGAIN")) {
    return "make its name known in the DNS, or say where it is: keelson verify STACK --at ADDRESS";
  }
  return "see below how it runs, and read its log";
}

const wiring = z.object({
  dependencies: z.array(
    z.object({
      name: z.string(),
      protocol: z.string(),
      ok: z.boolean(),
      detail: z.string().default(""),
      milliseconds: z.number().nullish(),
    }),
  ),
});
type Wires = z.output<typeof wiring>["dependencies"];

/**
 * How a service reaches what it depends on, as the reference application says at `wiring` beside its health path. Other applications say nothing.
 */
async function checkWiring(service: string, url: string, ask: Asker, patience: Patience): Promise<Check[]> {
  const address = new URL("wiring", url).href;
  const wires = await untilWell(
    patience,
    () => wiresAt(ask, address),
    (seen) => seen.every(({ ok }) => ok),
  );
  return wires.map(({ name, protocol, ok, detail, milliseconds }) => ({
    kind: "wire",
    name: `${service} → ${name}`,
    outcome: ok ? "good" : "bad",
    detail: [protocol, detail, milliseconds == null ? "" : `${Math.round(milliseconds)} ms`]
      .filter(Boolean)
      .join(", "),
    ...(!ok && { remedy: `see how "${service}" tells it: ${address}` }),
  }));
}

async function wiresAt(ask: Asker, address: string): Promise<Wires> {
  const { body } = await timed(ask, address);
  const { success, data } = wiring.safeParse(jsonOf(body));
  return success ? data.dependencies : [];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
