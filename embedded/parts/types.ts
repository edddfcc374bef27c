/** Whether a part is Pulumi's own release or its stand-in from this project. */
export type PartKind = "official" | "embedded";

/** One part in use, as it is shown to the user. */
export interface UsedPart {
  /** What the part is, e.g. `engine`, `language host`, `plugin docker`. */
  readonly part: string;
  readonly kind: PartKind;
  /** Its version without a leading `v`, e.g. `3.259.0`. */
  readonly version: string;
  /** Why this one and not the other, in one sentence without a full stop. */
  readonly why: string;
}

/** What decides which parts are used, and where they are kept. All optional. */
export interface PartsOptions {
  /** The folder of caches and state. @defaultValue `keelsonHome(environment)` */
  readonly home?: string;
  /**
   * The folder of the Pulumi program: the versions of the plugins are those of the `@pulumi/*` packages it uses.
   * @defaultValue the current folder
   */
  readonly project?: string;
  /**
   * The variables that are looked at: `PATH`, `PULUMI_*`, those of Go, and
   * - `KEELSON_OFFICIAL=never`: embedded parts are used without asking for official ones;
   * - `KEELSON_OFFICIAL=again`: official parts that could not be had before are asked for again (else they are asked for once).
   *
   * @defaultValue `process.env`
   */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Is told, line by line, what a step that takes long is doing. @defaultValue nobody is told */
  readonly progress?: (line: string) => void;
}

/** The engine, and how it was come by. */
export interface Engine {
  /** Absolute path of the `pulumi` executable. */
  readonly path: string;
  readonly used: UsedPart;
}

/** The language host that runs Node programs and policy packs. */
export interface LanguageHost {
  readonly used: UsedPart;
}

/** The resource plugins; all of them are official, or all embedded. */
export interface Plugins {
  /** One for each plugin. */
  readonly used: readonly UsedPart[];
}

/** All that it takes to run Pulumi. */
export interface Parts {
  /** Absolute path of the `pulumi` executable. */
  readonly engine: string;
  /**
   * Variables to set over those of the process that starts the engine: where plugins, state and passphrase are, and `PATH`.
   * They hold no secret: the passphrase is given by the name of its file.
   */
  readonly environment: Readonly<Record<string, string>>;
  readonly used: readonly UsedPart[];
}
