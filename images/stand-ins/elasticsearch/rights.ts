import { badRequest, RequestError } from "../request-error.ts";
import type { Role } from "./accounts.ts";

/** A request as far as rights follow from it. */
export interface Wish {
  readonly method: string;
  /** Parts of the path, decoded. */
  readonly parts: readonly string[];
  readonly body: string;
}

/** Paths that tell how the server is, and nothing of what documents hold. */
const MONITORING = ["_cluster", "_nodes", "_cat"];

/** What may be done within an index; what is not here is not known to the stand-in. */
const WITHIN = new Set([
  ...["_bulk", "_count", "_create", "_delete_by_query", "_doc", "_field_caps", "_flush", "_mapping", "_mget"],
  ...["_refresh", "_search", "_settings", "_source", "_stats", "_update", "_update_by_query"],
]);

/** Those whose body is a query, in which other indices may be named. */
const QUERIES = new Set(["_count", "_delete_by_query", "_mget", "_search", "_update_by_query"]);

/**
 * Checks whether someone with these roles may make a request.
 *
 * @throws RequestError if not, or if the stand-in can't tell
 */
export function check(user: string, roles: readonly Role[], wish: Wish): void {
  const [first, api] = wish.parts;
  const isReading = wish.method === "GET" || wish.method === "HEAD";
  if (first === undefined || MONITORING.includes(first)) {
    if (isReading && roles.some(({ cluster }) => cluster.includes("monitor"))) return;
    throw forbidden(user, "the server itself");
  }
  // Whoever has the id of a scroll was given it with the answer to a search.
  if (first === "_search" && api === "scroll") return;
  for (const index of indicesOf(wish)) if (!covers(roles, index)) throw forbidden(user, `index ${index}`);
}

function indicesOf({ parts, body, method }: Wish): string[] {
  const [first = "", api] = parts;
  const isRoot = first.startsWith("_");
  const named = isRoot ? [] : first.split(",");
  const action = isRoot ? first : api;
  if (action === "_bulk") return [...named, ...bulkIndices(body, named[0])];
  if (isRoot && action !== "_mget") throw unknown(method, parts);
  if (action === undefined) return [...named, ...keysIn(body, ["aliases"])];
  if (!WITHIN.has(action)) throw unknown(method, parts);
  return QUERIES.has(action) ? [...named, ...keysIn(body, ["index", "_index"])] : named;
}

/** Names of indices in the lines that say what to do with each document; the documents themselves say nothing of it. */
function bulkIndices(body: string, given: string | undefined): string[] {
  const lines = body.split("\n").filter((line) => line.trim() !== "");
  const indices: string[] = [];
  for (let line = 0; line < lines.length; line += 1) {
    const [[action, target] = []] = Object.entries(
      parsed(lines[line]!) as Record<string, { _index?: string }>,
    );
    const index = target?.["_index"] ?? given;
    if (!index) throw badRequest(`line ${line + 1} of the body names no index`);
    indices.push(index);
    if (action !== "delete") line += 1;
  }
  return indices;
}

/** Whatever text stands under some keys, at any depth; under `aliases`, the keys there. */
function keysIn(body: string, keys: readonly string[]): string[] {
  if (body.trim() === "") return [];
  const found: string[] = [];
  JSON.stringify(parsed(body), (key, value: unknown) => {
    if (!keys.includes(key)) return value;
    if (typeof value === "string") found.push(value);
    else if (key === "aliases" && value !== null && typeof value === "object")
      found.push(...Object.keys(value));
    return value;
  });
  return found;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badRequest(`the body is no JSON: ${(error as Error).message}`);
  }
}

function covers(roles: readonly Role[], index: string): boolean {
  const patterns = roles.flatMap(({ indices }) => indices.flatMap(({ names }) => names));
  return patterns.some((pattern) => expressionOf(pattern).test(index));
}

function expressionOf(pattern: string): RegExp {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[^\w-]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`);
}

const forbidden = (user: string, what: string) =>
  new RequestError(403, `action is unauthorized for user [${user}]: it has no right to ${what}`);

const unknown = (method: string, parts: readonly string[]) =>
  new RequestError(
    501,
    `the stand-in for Elasticsearch does not know ${method} /${parts.join("/")} for users`,
  );
