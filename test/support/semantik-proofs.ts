import { wiresOf } from "./laws.ts";
import type { LiveStack } from "./live-stack.ts";

/** What the worker is asked, in a task that goes by the broker: to prove what it depends on. */
export const PROVE =
  "from webui.celery_app import app; print(app.send_task('reference.prove').get(timeout=60))";

/** What the worker's answer does not show to be proven. */
export function unproven(answer: string): string[] {
  const missing = ["database", "qdrant", "redis"].filter((name) => !answer.includes(name));
  return answer.includes("'ok': False") ? [...missing, answer] : missing;
}

/** Relations of the web application and of vecpipe, its documents and its model among them. */
const WIRES = [
  /^webui → database: PostgreSQL, .*TLS/,
  /^webui → redis: Redis, /,
  /^webui → .*: HTTP, .*it proves its own database, hf-home, qdrant/,
  /^webui → document: folder, 1 entries listed, none can be written/,
  /^webui → hf-home: folder, the model \S+ is there/,
];

/** Relations that `verify` does not show to be proven. */
export async function missingWires(stack: LiveStack): Promise<RegExp[]> {
  const wires = await wiresOf(stack);
  return WIRES.filter((form) => !wires.some((wire) => form.test(wire)));
}
