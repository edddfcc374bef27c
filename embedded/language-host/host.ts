import type { Children } from "./children.ts";

/** What the calls share. */
export interface Host {
  /** The programs that run: ended when the engine cancels. */
  readonly programs: Children;
  /** All else that runs: plugins, and package managers. The engine ends each by giving up its call. */
  readonly helpers: Children;
  /** Where the engine answers, `host:port`. */
  engineAddress: string;
  /** Where traces are to be sent, if anywhere. */
  readonly tracing: string | undefined;
}
