import { decimalDigits, hexDigits } from "../../cloud/ids.ts";
import type { Properties } from "../../provider/property.ts";
import { oneOf } from "../../provider/validate.ts";
import { inProject, labels } from "../columns.ts";
import { google } from "../google.ts";
import { computeName, domainName } from "../rules.ts";

const properties = {
  ...inProject,
  ...labels,
  cloudLoggingConfig: {
    type: { object: { enableLogging: { type: "boolean", required: true } } },
    computed: true,
  },
  description: { type: "string", default: "Managed by Pulumi" },
  dnsName: { type: "string", required: true, replaces: true, validate: domainName },
  dnssecConfig: {
    type: {
      object: {
        kind: { type: "string", default: "dns#managedZoneDnsSecConfig" },
        nonExistence: { type: "string", computed: true, validate: oneOf("nsec", "nsec3") },
        state: { type: "string", validate: oneOf("off", "on", "transfer") },
      },
    },
    computed: true,
  },
  forceDestroy: { type: "boolean", default: false },
  managedZoneId: { type: "integer", output: true },
  name: { type: "string", autoName: true, replaces: true, validate: computeName },
  nameServers: { type: { list: "string" }, output: true },
  visibility: { type: "string", default: "public", replaces: true, validate: oneOf("private", "public") },
} as const satisfies Properties;

export const managedZone = google({
  type: "managedZones",
  api: "dns.googleapis.com",
  properties,
  pathOf: ({ name }, { project }) => `projects/${project}/managedZones/${name}`,
  judge: ({ visibility, dnssecConfig }) =>
    visibility === "private" && dnssecConfig?.state === "on"
      ? "googleapi: Error 400: private zones have no DNSSEC, badRequest: leave dnssecConfig out"
      : undefined,
  outputsOf: (
    { cloudLoggingConfig = { enableLogging: false }, dnssecConfig = { state: "off" } },
    { id },
  ) => ({
    cloudLoggingConfig,
    dnssecConfig: { nonExistence: dnssecConfig.state === "on" ? "nsec3" : null, ...dnssecConfig },
    managedZoneId: Number(decimalDigits(id, 15)),
    nameServers: nameServersOf(id),
  }),
});

/** Google Cloud has five sets of name servers, "a" to "e": https://cloud.google.com/dns/docs/update-name-servers */
function nameServersOf(id: string): readonly string[] {
  const set = "abcde".charAt(Number.parseInt(hexDigits(id, 4), 16) % 5);
  return [1, 2, 3, 4].map((number) => `ns-cloud-${set}${number}.googledomains.com.`);
}
