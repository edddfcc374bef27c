import { google } from "../google.ts";
import { computeLink } from "../links.ts";
import { decimalDigits } from "../../cloud/ids.ts";
import { networkProperties } from "./properties.ts";

/** What a network has where nothing is said: https://cloud.google.com/vpc/docs/mtu */
const usualMtu = 1460;

export const network = google({
  type: "networks",
  api: "compute.googleapis.com",
  properties: networkProperties,
  announces: true,
  pathOf: ({ name }, { project }) => `projects/${project}/global/networks/${name}`,
  outputsOf: ({ mtu = usualMtu, routingMode = "REGIONAL" }, { id }) => ({
    mtu,
    routingMode,
    networkId: decimalDigits(id, 19),
    selfLink: computeLink(id),
  }),
});
