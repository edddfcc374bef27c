import { rangeOf } from "../../cloud/networks.ts";
import { google } from "../google.ts";
import { ownAccount } from "../iam/agents.ts";
import { computeLink, nameIn } from "../links.ts";
import { firewallProperties } from "./firewall-properties.ts";

const isRange = rangeOf();

export const firewall = google({
  type: "firewalls",
  schemaVersion: 1,
  api: "compute.googleapis.com",
  properties: firewallProperties,
  references: [
    { at: "network", to: "networks", by: "name", names: nameIn },
    { at: "sourceServiceAccounts", to: "serviceAccounts", by: "email", names: ownAccount, holds: false },
    { at: "targetServiceAccounts", to: "serviceAccounts", by: "email", names: ownAccount, holds: false },
  ],
  pathOf: ({ name }, { project }) => `projects/${project}/global/firewalls/${name}`,
  judge({ allows = [], denies = [], direction = "INGRESS", ...inputs }) {
    if (allows.length > 0 === denies.length > 0) return "give either allows or denies, and not both";
    const sources = [inputs.sourceRanges, inputs.sourceServiceAccounts, inputs.sourceTags];
    const hasSource = sources.some((each) => each !== undefined && each.length > 0);
    if (direction === "EGRESS" && hasSource)
      return "googleapi: Error 400: a rule for EGRESS takes destinationRanges and no sources, invalid";
    return [...(inputs.sourceRanges ?? []), ...(inputs.destinationRanges ?? [])]
      .map((range) => isRange(range))
      .find((problem) => problem !== undefined);
  },
  outputsOf: ({ direction = "INGRESS", destinationRanges = [] }, { id }) => ({
    direction,
    destinationRanges,
    selfLink: computeLink(id),
  }),
});
