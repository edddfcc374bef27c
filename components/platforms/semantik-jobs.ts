import * as pulumi from "@pulumi/pulumi";
import { Reference } from "../model/reference.ts";
import type { SharedVolume } from "../model/shared-volume.ts";
import type { Step } from "../model/target.ts";
import { strongPassword } from "../secrets/strong-password.ts";
import type { Database } from "../services/database.ts";
import { HuggingFaceModel } from "../services/hugging-face-model.ts";
import { Job } from "../services/job.ts";
import type { Login } from "./login.ts";
import type { SemantikSettings } from "./semantik-defaults.ts";
import { judged, secretRules } from "./semantik-secrets.ts";
import { APPLICATION_JOB_RESOURCES, APPLICATION_USER } from "./semantik-services.ts";
import { databaseSettings } from "./semantik-settings.ts";
import type { Variables } from "./store-settings.ts";

/** Brings the embedding model to where all applications read it. */
export function embeddingModel(
  settings: SemantikSettings,
  cache: SharedVolume,
  parent: pulumi.Resource,
): HuggingFaceModel {
  const { target, images, publicImages, model, variables, commands } = settings;
  const { curl } = publicImages;
  return new HuggingFaceModel(
    "model",
    {
      target,
      image: images.vecpipe,
      cache,
      model: variables.DEFAULT_EMBEDDING_MODEL,
      ...model,
      command: commands.download,
      user: APPLICATION_USER,
      ...(curl !== undefined && { toolsImage: curl }),
    },
    { parent },
  );
}

/** Brings the schema of the database to the newest; what uses the database comes after it. */
export function migrations(settings: SemantikSettings, database: Database, parent: pulumi.Resource): Job {
  return job("webui-migrations", settings.commands.migrations, { settings, database, parent });
}

/** Makes the superuser, or gives it another password; nothing waits for it. */
export function makeSuperuser(
  settings: SemantikSettings,
  database: Database,
  migrated: Step,
  parent: pulumi.Resource,
): Login {
  const { target, commands, superuser } = settings;
  const { name, email, password: given } = superuser;
  const password =
    given === undefined
      ? strongPassword("superuser-password", parent)
      : Reference.hidden(judged("superuser.password", secretRules.superuserPassword, given));
  const told = { SUPERUSER_NAME: name, SUPERUSER_EMAIL: email, SUPERUSER_PASSWORD: password };
  job("webui-superuser", commands.superuser, { settings, database, parent, told, after: [migrated] });
  target.keepSecret("semantik-superuser", { username: name, email, password }, { parent });
  return { user: name, password: pulumi.secret(password.value) };
}

interface Circumstances {
  readonly settings: SemantikSettings;
  readonly database: Database;
  readonly parent: pulumi.Resource;
  /** What it is told beside the database. */
  readonly told?: Variables;
  readonly after?: readonly Step[];
}

/** Runs a program of the web application's image with its database. */
function job(name: string, command: readonly string[], circumstances: Circumstances): Job {
  const { settings, database, parent, told = {}, after = [] } = circumstances;
  const { target, images } = settings;
  const { env, files } = databaseSettings(database);
  const variables = { ...env, ...told, HOME: "/tmp", SERVICE_NAME: "webui" };
  const args = { target, image: images.webui, command, env: variables, files, after };
  return new Job(name, { ...args, resources: APPLICATION_JOB_RESOURCES, user: APPLICATION_USER }, { parent });
}
