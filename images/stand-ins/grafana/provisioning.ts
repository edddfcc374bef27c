import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const datasource = z.object({
  name: z.string(),
  type: z.literal("prometheus"),
  uid: z.string(),
  access: z.literal("proxy"),
  url: z.url(),
  isDefault: z.boolean().default(false),
});

const datasourcesFile = z.object({ apiVersion: z.literal(1), datasources: z.array(datasource).min(1) });

const providersFile = z.object({
  apiVersion: z.literal(1),
  providers: z.array(
    z.object({ name: z.string(), type: z.literal("file"), options: z.object({ path: z.string() }) }),
  ),
});

const query = z.object({
  refId: z.string(),
  expr: z.string(),
  datasource: z.object({ type: z.literal("prometheus"), uid: z.string() }),
});

/** The classic model of dashboards, as far as it is followed here; the rest is kept as it was. */
const dashboard = z.looseObject({
  uid: z.string().regex(/^[\w-]{1,40}$/),
  title: z.string().min(1),
  schemaVersion: z.number().int(),
  panels: z.array(
    z.looseObject({
      id: z.number().int(),
      title: z.string(),
      type: z.enum(["timeseries", "stat", "table"]),
      gridPos: z.object({
        x: z.number().int().min(0).max(23),
        y: z.number().int().min(0),
        w: z.number().int().min(1).max(24),
        h: z.number().int().min(1),
      }),
      targets: z.array(z.looseObject(query.shape)).min(1),
    }),
  ),
});

/** A server whose metrics can be asked for. */
export type Datasource = z.infer<typeof datasource>;

/** A dashboard as its file has it. */
export type Dashboard = z.infer<typeof dashboard>;

/** What the program was given. */
export interface Provisioning {
  readonly datasources: readonly Datasource[];
  readonly dashboards: readonly Dashboard[];
}

/**
 * Reads the files that Grafana would read: data sources, where dashboards are, and the dashboards there.
 *
 * @throws Error if one can't be read, or a dashboard asks a data source that there is not
 */
export function readProvisioning(folder: string): Provisioning {
  const datasources = yamlFiles(path.join(folder, "datasources")).flatMap(
    (file) => read(file, datasourcesFile).datasources,
  );
  const providers = yamlFiles(path.join(folder, "dashboards")).flatMap(
    (file) => read(file, providersFile).providers,
  );
  const dashboards = providers.flatMap(({ options }) =>
    files(options.path, /\.json$/).map((file) => read(file, dashboard)),
  );
  check({ datasources, dashboards });
  return { datasources, dashboards };
}

function check({ datasources, dashboards }: Provisioning): void {
  const known = new Set(datasources.map(({ uid }) => uid));
  const seen = new Set<string>();
  for (const { uid, title, panels } of dashboards) {
    if (seen.has(uid)) throw new Error(`two dashboards have the uid "${uid}"`);
    seen.add(uid);
    for (const { targets } of panels)
      for (const target of targets)
        if (!known.has(target.datasource.uid))
          throw new Error(`"${title}" asks the data source "${target.datasource.uid}", which there is not`);
  }
}

const yamlFiles = (folder: string) => files(folder, /\.ya?ml$/);

function files(folder: string, name: RegExp): string[] {
  const names = readdirSync(folder).filter((file) => name.test(file));
  return names.toSorted().map((file) => path.join(folder, file));
}

/** JSON is YAML, too. */
function read<Content>(file: string, schema: z.ZodType<Content>): Content {
  const result = schema.safeParse(parse(readFileSync(file, "utf8")));
  if (!result.success) throw new Error(`${file} can't be used: ${z.prettifyError(result.error)}`);
  return result.data;
}
