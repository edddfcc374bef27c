import { bootstrapAdmin, createSuperuser } from "./bootstrap-admin.ts";
import type { Command } from "./command.ts";
import { ingest } from "./ingest.ts";
import { searchApi } from "./search-api.ts";
import { worker } from "./worker.ts";

/** Modules of the applications that are stood in for, by the names that deployments call them by. */
const modules: Readonly<Record<string, Command>> = {
  "app.bootstrap_admin": bootstrapAdmin,
  "app.ingest": ingest,
  "app.worker": worker,
  "vecpipe.search_api": searchApi,
  "webui.create_superuser": createSuperuser,
};

/** `python -m app.worker`: does what the module of that name is there for. */
export const python: Command = async ([option, name = "", ...args], environment) => {
  const module = option === "-m" && Object.hasOwn(modules, name) ? modules[name] : undefined;
  if (module) return module(args, environment);
  const known = Object.keys(modules).join(", ");
  console.error(`python: expected "-m" and a module that the reference application knows: ${known}`);
  return 2;
};
