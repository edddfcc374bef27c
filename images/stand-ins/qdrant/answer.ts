import type { Context, Env, Input } from "hono";
import { z } from "zod";
import { badRequest, RequestError } from "../request-error.ts";

/** An answer in the form that all of Qdrant's have. */
export function answer<E extends Env, P extends string, I extends Input>(
  context: Context<E, P, I>,
  result: unknown,
) {
  return context.json({ result, status: "ok", time: performance.now() / 1000 - startOf(context) });
}

/** What is said of a request that failed. */
export function failure(error: unknown, context: Context) {
  const isExpected = error instanceof RequestError;
  const message = error instanceof Error ? error.message : String(error);
  if (!isExpected) console.error(`${context.req.method} ${context.req.path} failed:`, error);
  return context.json(
    { status: { error: message }, time: performance.now() / 1000 - startOf(context) },
    isExpected ? error.status : 500,
  );
}

/** Notes when a request came. */
export async function clock(context: Context, next: () => Promise<void>): Promise<void> {
  context.set("start", performance.now() / 1000);
  await next();
}

/**
 * Reads the body of a request.
 *
 * @throws RequestError which says what is wrong with it
 */
export async function body<Schema extends z.ZodType>(
  context: Context,
  schema: Schema,
): Promise<z.infer<Schema>> {
  let given: unknown;
  try {
    given = await context.req.json();
  } catch (error) {
    throw badRequest(`Format error in JSON body: ${(error as Error).message}`);
  }
  const read = schema.safeParse(given);
  if (!read.success) throw badRequest(`Format error in JSON body: ${z.prettifyError(read.error)}`);
  return read.data;
}

function startOf(context: Context): number {
  return context.get("start");
}
