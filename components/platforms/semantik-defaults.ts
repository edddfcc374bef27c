import type { Scaling } from "../model/scaling.ts";
import type { GivenDatabase } from "../services/external-postgres.ts";
import type {
  SemantikArgs,
  SemantikCommands,
  SemantikExternal,
  SemantikStorage,
  Superuser,
} from "./semantik-args.ts";
import { GIVEN_PASSWORD } from "./semantik-checks.ts";
import { judged, secretRules } from "./semantik-secrets.ts";
import { addresses, copiesOf, type ServiceName } from "./semantik-services.ts";
import { DATABASE } from "./semantik-stores.ts";
import {
  byEnvironment,
  type EnvironmentVariables,
  type SemantikVariables,
  withDefaults,
} from "./semantik-variables.ts";

/** What the platform is told, with a default for all that is left out. */
export interface SemantikSettings extends Required<
  Omit<SemantikArgs, "variables" | "scaling" | "superuser" | "storageGiB" | "commands" | "jwtSecretKey">
> {
  readonly variables: SemantikVariables;
  readonly scaling: Readonly<Record<ServiceName, Pick<Scaling, "min" | "max">>>;
  readonly superuser: Superuser & Required<Pick<Superuser, "email">>;
  readonly storageGiB: SemantikStorage;
  readonly commands: SemantikCommands;
  readonly jwtSecretKey: SemantikArgs["jwtSecretKey"];
}

const STORAGE: SemantikStorage = { postgres: 20, redis: 2, qdrant: 20, models: 10, data: 10 };

/** Fills in what is left out. */
export function complete(args: SemantikArgs): SemantikSettings {
  const { environment = "production", host, worker = true, gpus = 0, superuser = { name: "admin" } } = args;
  return {
    ...args,
    environment,
    worker,
    gpus,
    publicImages: args.publicImages ?? {},
    external: withJudgedPassword(args.external ?? {}),
    databaseCopies: args.databaseCopies ?? 1,
    qdrantCopies: args.qdrantCopies ?? 1,
    flower: args.flower ?? worker,
    model: args.model ?? {},
    observability: args.observability ?? false,
    jwtSecretKey: args.jwtSecretKey,
    variables: withDefaults(args.variables ?? {}),
    superuser: { email: `${superuser.name}@${host}`, ...superuser },
    storageGiB: { ...STORAGE, ...args.storageGiB },
    scaling: {
      vecpipe: copiesOf("vecpipe", gpus),
      webui: copiesOf("webui", gpus),
      worker: copiesOf("worker", gpus),
      ...args.scaling,
    },
    commands: {
      webui: uvicorn(byEnvironment[environment]),
      vecpipe: ["python", "-m", "vecpipe.search_api"],
      migrations: ["alembic", "upgrade", "head"],
      superuser: ["python", "-m", "webui.create_superuser"],
      download: ["hf", "download"],
      ...args.commands,
    },
  };
}

/** The web server: one process that starts anew with its sources, or as many as the environment has. */
function uvicorn({ WEBUI_RELOAD: reload, WEBUI_WORKERS: workers }: EnvironmentVariables): readonly string[] {
  return [
    ...["uvicorn", "webui.main:app", "--host", "0.0.0.0", "--port", `${addresses.webui.port}`],
    ...(reload ? ["--reload"] : ["--workers", `${workers}`]),
    // Only the entry reaches it, and says whom it asks for; requests are limited by that.
    ...["--proxy-headers", "--forwarded-allow-ips", "*"],
  ];
}

/** What is not known before the program runs is judged when it is. */
function withJudgedPassword(external: SemantikExternal): SemantikExternal {
  const { postgres } = external;
  const given: GivenDatabase | undefined = postgres?.databases?.[DATABASE];
  if (!postgres || !given) return external;
  const password = judged(GIVEN_PASSWORD, secretRules.postgresPassword, given.password);
  return { ...external, postgres: { ...postgres, databases: { [DATABASE]: { ...given, password } } } };
}
