import { google } from "../google.ts";
import { computeLink, nameIn } from "../links.ts";
import { routerProperties } from "./properties.ts";

export const router = google({
  type: "routers",
  api: "compute.googleapis.com",
  properties: routerProperties,
  references: [{ at: "network", to: "networks", by: "name", names: nameIn }],
  pathOf: ({ name }, { project, region }) => `projects/${project}/regions/${region}/routers/${name}`,
  outputsOf: (_, { id }) => ({ selfLink: computeLink(id) }),
});
