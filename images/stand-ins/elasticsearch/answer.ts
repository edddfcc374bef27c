import type { Context } from "hono";
import { badRequest, RequestError } from "../request-error.ts";
import { z } from "zod";

/** Types of Elasticsearch's errors, by the status that they are told with. */
const TYPES: Readonly<Record<number, string>> = {
  400: "illegal_argument_exception",
  401: "security_exception",
  403: "security_exception",
  404: "resource_not_found_exception",
  501: "unsupported_operation_exception",
};

/** What is said of a request that failed, in the form that all of Elasticsearch's errors have. */
export function failure(error: unknown, context: Context): Response {
  const status = error instanceof RequestError ? error.status : 500;
  if (status === 500) console.error(`${context.req.method} ${context.req.path} failed:`, error);
  const cause = {
    type: TYPES[status] ?? "exception",
    reason: error instanceof Error ? error.message : String(error),
  };
  if (status === 401) context.header("WWW-Authenticate", 'Basic realm="security", charset="UTF-8"');
  return context.json({ error: { root_cause: [cause], ...cause }, status }, status);
}

/**
 * Reads a text that should be JSON of some form.
 *
 * @throws RequestError which says what is wrong with it
 */
export function read<Schema extends z.ZodType>(text: string, schema: Schema): z.infer<Schema> {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    throw badRequest(`the body is no JSON: ${(error as Error).message}`);
  }
  const result = schema.safeParse(given);
  if (!result.success) throw badRequest(`stand-in for Elasticsearch: ${z.prettifyError(result.error)}`);
  return result.data;
}
