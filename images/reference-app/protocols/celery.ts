import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as rest } from "node:timers/promises";
import type { Proof, Protocol } from "./protocol.ts";

/** The task that the reference worker does: it proves what it depends on itself. */
const TASK = "reference.prove";

/** Queue that workers take tasks from where nobody says otherwise. */
const QUEUE = "celery";

/** How long nobody has to have taken the task before it is worth nothing any more. */
const EXPIRY_SECONDS = 30;

/** A worker's answer, as Celery keeps it in a result backend. */
interface Answer {
  readonly status: string;
  readonly result: Proven | { readonly exc_type: string; readonly exc_message: unknown };
}

/** What the task tells. */
interface Proven {
  readonly service: string;
  readonly dependencies: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
}

/** A task, put into the workers' queue and answered by one of them. */
export const celery: Protocol = {
  title: "Celery",
  sign: { schemes: { redis: 6379, rediss: 6379 }, variable: /^CELERY_BROKER_URL$/ },
  async prove({ url, variables, signal }) {
    const broker = await connect(url.href, signal);
    const backend = await connect(variables["CELERY_RESULT_BACKEND"] ?? url.href, signal);
    const id = randomUUID();
    const message = JSON.stringify(messageOf(id));
    try {
      const exchange = broker.lPush(QUEUE, message).then(() => answerOf(id, backend, signal));
      return judged(await Promise.race([exchange, endOf(signal)]));
    } finally {
      // What nobody took is taken back: else proofs would queue up for a worker that is away.
      const removed = broker.lRem(QUEUE, 1, message).catch(() => 0);
      await Promise.race([removed, rest(1_000, undefined, { ref: false })]);
      for (const client of [broker, backend]) if (client.isOpen) client.destroy();
    }
  },
};

type Client = Awaited<ReturnType<typeof connect>>;

async function connect(address: string, signal: Proof["signal"]) {
  const { createClient } = await import("redis");
  const client = createClient({ url: address, socket: { reconnectStrategy: false } });
  // Each command rejects with its own error; without a listener, the first lost connection would end the process.
  client.on("error", () => {});
  const abandon = () => client.destroy();
  signal.addEventListener("abort", abandon, { once: true });
  await client.connect();
  signal.removeEventListener("abort", abandon);
  return client;
}

/** Fails with the signal, whatever a server does. */
async function endOf(signal: Proof["signal"]): Promise<never> {
  signal.throwIfAborted();
  await once(signal, "abort");
  throw new Error("nobody did the task in time");
}

/** https://docs.celeryq.dev/en/stable/internals/protocol.html, version 2, in the envelope that kombu uses on Redis. */
function messageOf(id: string) {
  const [args, options, embed] = [[], {}, { callbacks: null, errbacks: null, chain: null, chord: null }];
  return {
    body: Buffer.from(JSON.stringify([args, options, embed])).toString("base64"),
    "content-type": "application/json",
    "content-encoding": "utf-8",
    headers: {
      ...{ lang: "py", task: TASK, id, root_id: id, parent_id: null, group: null, group_index: null },
      ...{ retries: 0, timelimit: [null, null], eta: null, shadow: null, ignore_result: false },
      ...{ argsrepr: "()", kwargsrepr: "{}", origin: "keelson reference application" },
      expires: new Date(Date.now() + 1_000 * EXPIRY_SECONDS).toISOString(),
    },
    properties: {
      ...{ correlation_id: id, reply_to: id, delivery_tag: randomUUID(), delivery_mode: 2, priority: 0 },
      delivery_info: { exchange: "", routing_key: QUEUE },
      body_encoding: "base64",
    },
  };
}

async function answerOf(id: string, backend: Client, signal: Proof["signal"]): Promise<Answer> {
  const key = `celery-task-meta-${id}`;
  for (;;) {
    const answer = await backend.get(key);
    if (answer !== null) {
      await backend.del(key);
      return JSON.parse(answer) as Answer;
    }
    await rest(50, undefined, { signal });
  }
}

function judged({ status, result }: Answer): string {
  if ("dependencies" in result) return judgedWiring(result);
  // The application's own worker: it took the task and answered, which is what was to be proven.
  if (result.exc_type === "NotRegistered") return `task ${TASK} answered by a worker that does not know it`;
  const reason = [result.exc_message].flat().join(", ");
  throw new Error(`task ${TASK} ended with ${status}: ${result.exc_type} ${reason}`);
}

function judgedWiring({ service, dependencies }: Proven): string {
  const unproven = dependencies.filter(({ ok }) => !ok);
  if (unproven.length > 0) {
    const reasons = unproven.map(({ name, detail }) => `${name} (${detail})`).join(", ");
    throw new Error(`task ${TASK} was done by ${service}, which has not proven: ${reasons}`);
  }
  const proven = dependencies.map(({ name }) => name).join(", ") || "nothing";
  return `task ${TASK} done by ${service}, which has proven: ${proven}`;
}
