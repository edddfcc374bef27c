import { z } from "zod";
import type { Dashboard, Datasource, Provisioning } from "./provisioning.ts";

const sample = z.tuple([z.number(), z.string()]);

const series = z.object({ metric: z.record(z.string(), z.string()), value: sample });

/** Prometheus' answer to a query for one moment. */
const answer = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("success"),
    data: z.union([
      z.object({ resultType: z.literal("vector"), result: z.array(series) }),
      z.object({ resultType: z.enum(["scalar", "string"]), result: sample }),
    ]),
  }),
  z.object({ status: z.literal("error"), error: z.string() }),
]);

/** What came of a query. */
export type Outcome =
  | { readonly ok: true; readonly series: readonly z.infer<typeof series>[] }
  | { readonly ok: false; readonly error: string };

/** A dashboard's query, and what came of it. */
export interface CheckedQuery {
  readonly panel: string;
  readonly expr: string;
  readonly outcome: Outcome;
}

/** Asks a data source, for this moment. */
export async function ask({ url }: Datasource, expr: string): Promise<Outcome> {
  try {
    const response = await fetch(`${url.replace(/\/$/, "")}/api/v1/query`, {
      method: "POST",
      body: new URLSearchParams({ query: expr }),
      signal: AbortSignal.timeout(10_000),
    });
    const given = answer.parse(await response.json());
    if (given.status === "error") return { ok: false, error: given.error };
    const { data } = given;
    return {
      ok: true,
      series: data.resultType === "vector" ? data.result : [{ metric: {}, value: data.result }],
    };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Asks all that a dashboard asks. */
export function checkDashboard(
  { panels }: Dashboard,
  { datasources }: Provisioning,
): Promise<readonly CheckedQuery[]> {
  const queries = panels.flatMap(({ title, targets }) =>
    targets.map((target) => ({ panel: title, ...target })),
  );
  return Promise.all(
    queries.map(async ({ panel, expr, datasource: { uid } }) => {
      const source = datasources.find((known) => known.uid === uid)!;
      return { panel, expr, outcome: await ask(source, expr) };
    }),
  );
}
