import { expect } from "vitest";
import { wiresOf } from "./laws.ts";
import type { LiveStack } from "./live-stack.ts";

/** What the worker is asked, in a task that goes by the broker: to prove what it depends on. */
export const PROVE =
  "from webui.celery_app import app; print(app.send_task('reference.prove').get(timeout=60))";

/** Holds what the worker answers against what it depends on. */
export function expectProven(answer: string): void {
  for (const name of ["database", "qdrant", "redis"]) expect(answer).toContain(name);
  expect(answer).not.toContain("'ok': False");
}

/** Expects every relation of the web application and of vecpipe to be proven, their documents and their model too. */
export async function expectWired(stack: LiveStack): Promise<void> {
  const wires = await wiresOf(stack);
  for (const wire of [
    /^webui → database: PostgreSQL, .*TLS/,
    /^webui → redis: Redis, /,
    /^webui → .*: HTTP, .*it proves its own database, hf-home, qdrant/,
    /^webui → document: folder, 1 entries listed, none can be written/,
    /^webui → hf-home: folder, the model \S+ is there/,
  ])
    expect(wires).toContainEqual(expect.stringMatching(wire));
}
