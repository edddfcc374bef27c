import type { Properties } from "../../provider/property.ts";
import type { Value } from "../../provider/value.ts";
import { serviceId, services } from "../apis.ts";
import { inProject } from "../columns.ts";
import { google } from "../google.ts";
import { sameName } from "../links.ts";

const properties = {
  ...inProject,
  project: { ...inProject.project, suppress: sameName },
  disableDependentServices: { type: "boolean" },
  disableOnDestroy: { type: "boolean" },
  service: { type: "string", required: true, replaces: true, validate: aDomain },
} as const satisfies Properties;

/** An API that is switched on; it stays on unless `disableOnDestroy` says otherwise. */
export const service = google({
  type: services,
  api: "serviceusage.googleapis.com",
  properties,
  additive: true,
  remains: ({ disableOnDestroy }) => disableOnDestroy !== true,
  pathOf: ({ service: api }, { project }) => serviceId(project, api),
});

function aDomain(value: Value): string | undefined {
  return typeof value === "string" && !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(value)
    ? `'${value}' is no API: give its domain, as in 'container.googleapis.com'`
    : undefined;
}
