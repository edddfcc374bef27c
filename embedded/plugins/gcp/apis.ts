/** Google Cloud's APIs have to be switched on in a project before anything can be made with them. */
import type { CloudStore } from "../cloud/store.ts";

/** Folder of the store in which the APIs are that a project has switched on. */
export const services = "services";

/**
 * What every new project has, of the APIs that resources of this plugin are made with.
 * https://cloud.google.com/service-usage/docs/enabled-service#default
 */
const everywhere: ReadonlySet<string> = new Set([
  "logging.googleapis.com",
  "monitoring.googleapis.com",
  "serviceusage.googleapis.com",
  "storage.googleapis.com",
]);

/** An API of a project. */
export function serviceId(project: string, api: string): string {
  return `${project}/${api}`;
}

/** What the cloud says of a call to an API that is switched off; nothing of one that is on. */
export function problemOfApi(api: string, project: string, store: CloudStore): string | undefined {
  if (everywhere.has(api) || store.get(services, serviceId(project, api))) return undefined;
  return `googleapi: Error 403: ${api} has not been used in project ${project} before or it is disabled, accessNotConfigured: make a gcp.projects.Service for "${api}", and let what needs it depend on that`;
}
