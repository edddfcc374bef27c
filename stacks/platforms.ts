import { z } from "zod";
import type { Target } from "../components/model/target.ts";
import { Acceleration } from "../components/platforms/acceleration.ts";
import { inOrder } from "../components/platforms/acceleration-services.ts";
import type { Environment } from "../components/platforms/environment.ts";
import type { Login } from "../components/platforms/login.ts";
import { Melvin } from "../components/platforms/melvin.ts";
import type { ObservabilityArgs } from "../components/platforms/observability-args.ts";
import { Orchestration } from "../components/platforms/orchestration.ts";
import { Semantik } from "../components/platforms/semantik.ts";
import { Skills } from "../components/platforms/skills.ts";
import { external, externalPostgres } from "./external.ts";
import { MODEL_FOLDER } from "./folders.ts";
import { applicationImages, type Images, pick, pickChosen } from "./images.ts";
import { melvinExternal, melvinSettings } from "./melvin-settings.ts";
import { orchestrationExternal, orchestrationSettings } from "./orchestration-settings.ts";
import { semantikExternal, semantikFolders, semantikSettings } from "./semantik-settings.ts";
import { secret, whole } from "./settings.ts";
import { skillsExternal, skillsSettings } from "./skills-settings.ts";

/** What a platform exports. */
interface Deployed {
  readonly url: string;
  readonly health: Readonly<Record<string, string>>;
  /** Who may log in from the first day on, by what they are for; the passwords are Pulumi secrets. */
  readonly logins?: Readonly<Record<string, Login>>;
}

/** What every platform is told. */
interface Common {
  readonly target: Target;
  readonly host: string;
  readonly environment: Environment;
  readonly images: Images;
  /**
   * How it is observed.
   *
   * @defaultValue not at all
   */
  readonly observability?: boolean | ObservabilityArgs;
}

/** What a platform takes from a stack, and how it is made of it. */
export interface PlatformEntry<Shape extends z.ZodRawShape, External extends z.ZodRawShape> {
  /** Names of its applications, whose images a stack may give. */
  readonly applications: readonly string[];
  readonly settings: Shape;
  /** Servers that somebody else may run in the place of its own. */
  readonly external: External;
  /** Names of the folders that it reads, and that somebody else fills. */
  readonly folders: readonly string[];
  readonly make: (
    common: Common,
    settings: z.output<z.ZodObject<Shape>>,
    external: z.output<z.ZodObject<External>>,
  ) => Deployed;
}

const entry = <Shape extends z.ZodRawShape, External extends z.ZodRawShape>(
  of: PlatformEntry<Shape, External>,
): PlatformEntry<Shape, External> => of;

const accelerationApplications = [...inOrder, "web"] as const;
const melvinApplications = ["api", "worker"] as const;
const orchestrationApplications = ["mcp-server", "core-services"] as const;
const semantikApplications = ["webui", "vecpipe", "worker"] as const;
const skillsApplications = ["backend", "dashboard"] as const;

/** Every platform, by the name that a stack gives. */
export const platforms = {
  acceleration: entry({
    applications: accelerationApplications,
    settings: {
      databaseCopies: whole(1, 9).optional().describe("copies of the database server; one if it is left out"),
      modelKeys: z
        .strictObject({
          openai: secret().optional().describe("API key of OpenAI"),
          anthropic: secret().optional().describe("API key of Anthropic"),
        })
        .optional()
        .describe("API keys of model providers"),
      databaseStorageGiB: whole(1, 65536)
        .optional()
        .describe("room for the databases in GiB; 20 if it is left out"),
      vectorStorageGiB: whole(1, 65536).optional().describe("room for Chroma in GiB; 20 if it is left out"),
    },
    external: {
      postgres: externalPostgres(inOrder).optional(),
      redis: external.redis.optional(),
      chroma: external.chroma.optional(),
      pinecone: external.pinecone.optional(),
    },
    folders: [],
    make: ({ images, ...common }, settings, elsewhere) =>
      new Acceleration("acceleration", {
        ...common,
        ...exact(settings),
        external: exact(elsewhere),
        images: applicationImages(accelerationApplications, images),
        publicImages: pick(["postgres", "redis", "chroma"], images),
      }),
  }),
  melvin: entry({
    applications: melvinApplications,
    settings: melvinSettings,
    external: melvinExternal,
    folders: [MODEL_FOLDER],
    make: ({ images, ...common }, settings, elsewhere) =>
      new Melvin("melvin", {
        ...common,
        ...exact(settings),
        external: exact(elsewhere),
        images: applicationImages(melvinApplications, images),
        publicImages: pick(["postgres", "mongodb", "qdrant", "chroma", "ollama"], images),
      }),
  }),
  orchestration: entry({
    applications: orchestrationApplications,
    settings: orchestrationSettings,
    external: orchestrationExternal,
    folders: [],
    make: ({ images, ...common }, settings, elsewhere) =>
      new Orchestration("orchestration", {
        ...common,
        ...exact(settings),
        external: exact(elsewhere),
        images: applicationImages(orchestrationApplications, images),
        // Which edition of Neo4j runs is a setting, which chooses the image.
        publicImages: pickChosen(["neo4j", "kafka"], images),
      }),
  }),
  semantik: entry({
    applications: semantikApplications,
    settings: semantikSettings,
    external: semantikExternal,
    folders: semantikFolders,
    make: ({ images, ...common }, settings, elsewhere) =>
      new Semantik("semantik", {
        ...common,
        ...exact(settings),
        external: exact(elsewhere),
        // A Celery worker is a program in Python.
        images: applicationImages(semantikApplications, images, { worker: "reference-worker" }),
        publicImages: pick(["postgres", "redis", "qdrant", "flower", "curl"], images),
      }),
  }),
  skills: entry({
    applications: skillsApplications,
    settings: skillsSettings,
    external: skillsExternal,
    folders: [MODEL_FOLDER],
    make: ({ images, ...common }, settings, elsewhere) =>
      new Skills("skills", {
        ...common,
        ...exact(settings),
        external: exact(elsewhere),
        images: applicationImages(skillsApplications, images),
        publicImages: pick(["elasticsearch", "ollama", "curl"], images),
      }),
  }),
} as const;

/** Name of a platform. */
export type PlatformName = keyof typeof platforms;

/** A value whose absent parts are absent: what was read from a configuration holds no `undefined`. */
export type Exact<Value> = Value extends object
  ? { [Key in keyof Value]: Exact<Exclude<Value[Key], undefined>> }
  : Value;

/** A value without the `undefined` that its schema's type has. */
export function exact<Value extends object>(value: Value): Exact<Value> {
  return value as Exact<Value>;
}
