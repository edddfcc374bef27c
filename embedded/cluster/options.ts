import { keelsonHome } from "../parts/home.ts";
import type { ClusterContext } from "./context.ts";

/** Which cluster, and what is told of it. All optional. */
export interface ClusterOptions {
  /** The folder of caches and state. @defaultValue `keelsonHome(environment)` */
  readonly home?: string;
  /** @defaultValue `process.env` */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Is told, line by line, what takes long. @defaultValue nobody is told */
  readonly progress?: (line: string) => void;
}

/** The options with their defaults filled in. */
export function contextOf({ home, environment = process.env, progress }: ClusterOptions): ClusterContext {
  return {
    home: home ?? keelsonHome(environment),
    environment,
    progress: progress ?? (() => undefined),
  };
}
