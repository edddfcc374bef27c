import type { Context } from "hono";
import { z } from "zod";
import { badRequest, RequestError, unprocessable } from "../request-error.ts";

/** What is said of a request that failed. */
export function failure(error: unknown, context: Context) {
  const isExpected = error instanceof RequestError;
  const message = error instanceof Error ? error.message : String(error);
  if (!isExpected) console.error(`${context.req.method} ${context.req.path} failed:`, error);
  return context.json({ error: [{ message }] }, isExpected ? error.status : 500);
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
    throw badRequest(`parsing body failed: ${(error as Error).message}`);
  }
  const read = schema.safeParse(given);
  if (!read.success) throw unprocessable(z.prettifyError(read.error));
  return read.data;
}
