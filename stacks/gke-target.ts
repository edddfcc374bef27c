import { z } from "zod";
import { loaded } from "../components/clusters/loaded.ts";
import { cloudTarget } from "./cloud-target.ts";
import { anyText, flag, oneOf } from "./settings.ts";

const range = z.cidrv4({ error: "a network, as in 10.0.0.0/20" });
const time = z.iso.datetime({ error: 'a time in UTC, as in "2026-01-03T02:00:00Z"' });

/** A cluster on Google Cloud. */
export const gke = cloudTarget(
  {
    project: anyText.describe("id of the project that all of it is made in"),
    region: anyText.optional().describe("region; us-central1 if it is left out"),
    zones: z
      .array(anyText)
      .min(1)
      .optional()
      .describe("zones of the region; Google chooses three if it is left out"),
    channel: oneOf(["RAPID", "REGULAR", "STABLE", "EXTENDED"])
      .optional()
      .describe("how soon new versions of Kubernetes come; REGULAR if it is left out"),
    ranges: z
      .strictObject({
        nodes: range.optional().describe("addresses of nodes"),
        pods: range.optional().describe("addresses of pods"),
        services: range.optional().describe("addresses of services"),
        controlPlane: range.optional().describe("addresses of the control plane"),
      })
      .optional()
      .describe("addresses of the network"),
    maintenance: z
      .strictObject({
        start: time.describe("when it is for the first time"),
        end: time.describe("when it ends for the first time"),
        recurrence: anyText.describe("how it comes again, by RFC 5545, as FREQ=WEEKLY;BYDAY=SA,SU"),
      })
      .optional()
      .describe("when Google may upgrade; at weekends if it is left out"),
    managedPrometheus: flag.optional().describe("does Google's own Prometheus read what is published?"),
    securityGroup: z
      .string()
      .regex(/^gke-security-groups@/, { error: "a group gke-security-groups@DOMAIN" })
      .optional()
      .describe("group whose groups RBAC may name"),
    existing: z
      .union(
        [
          z.strictObject({
            network: anyText.describe("name of a network"),
            subnetwork: anyText.describe("name of its subnetwork for nodes"),
            podsRange: anyText.describe("name of its range for pods"),
            servicesRange: anyText.describe("name of its range for services"),
          }),
          z.strictObject({ cluster: anyText.describe("name of a cluster") }),
        ],
        { error: "{ network, subnetwork, podsRange, servicesRange } or { cluster }" },
      )
      .optional()
      .describe("a network, or a cluster, that is there already"),
  },
  async () => (await loaded("@pulumi/gcp", () => import("../components/clusters/gke.ts"))).Gke,
);
