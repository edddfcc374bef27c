import { text } from "../../cloud/values.ts";
import { hexDigits } from "../../cloud/ids.ts";
import type { Reference } from "../../cloud/references.ts";
import type { CloudStore } from "../../cloud/store.ts";
import type { Properties } from "../../provider/property.ts";
import type { Resource } from "../../provider/resource.ts";
import { isValues, type Values } from "../../provider/value.ts";
import { output } from "../columns.ts";
import type { GoogleConfiguration } from "../configuration.ts";
import { google } from "../google.ts";
import type { Place } from "../place.ts";
import { principal, roleName } from "../rules.ts";
import { ownAccountIn } from "./agents.ts";

const conditionText = { type: "string", required: true, replaces: true } as const;

/** That somebody has a role: https://cloud.google.com/iam/docs/reference/rest/v1/Policy#Binding */
const memberProperties = {
  condition: {
    type: {
      object: {
        description: { type: "string", replaces: true },
        expression: conditionText,
        title: conditionText,
      },
    },
    replaces: true,
  },
  etag: output,
  member: { type: "string", required: true, replaces: true, validate: principal },
  role: { type: "string", required: true, replaces: true, validate: roleName },
} as const satisfies Properties;

/** A kind of thing on which somebody may have a role. */
interface Kind {
  /** Folder of the store. */
  readonly type: string;
  readonly api: string;
  /** What says on which thing. */
  readonly properties: Properties;
  readonly references?: readonly Reference[];
  /** The thing's path. */
  readonly on: (inputs: Values, place: Place) => string;
}

/** That one member has one role on one thing; what others have is left as it is. Giving it twice is no error. */
export function iamMember({
  type,
  api,
  properties,
  references = [],
  on,
}: Kind): Resource<GoogleConfiguration> {
  return google({
    type,
    api,
    additive: true,
    properties: { ...memberProperties, ...properties },
    references: [
      ...references.map((each) => ({ ...each, holds: false as const })),
      { at: "member", to: "serviceAccounts", by: "email", names: ownAccountIn, holds: false },
    ],
    judge: ({ member }, { configuration }) => problemOfPool(text(member), configuration.store),
    pathOf(inputs, place) {
      const { role, member, condition } = inputs;
      const title = isValues(condition) ? [condition["title"]] : [];
      return [on(inputs, place), role, member, ...title].join("/");
    },
    outputsOf: (_, { id }) => ({ etag: hexDigits(id, 12) }),
  });
}

/**
 * A cluster's own accounts are members of the project's identity pool, which comes with the first cluster that has Workload
 * Identity: https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity#identity_pool
 */
function problemOfPool(member: string, store: CloudStore): string | undefined {
  const [pool] = /[a-z][-a-z0-9:.]*\.svc\.id\.goog(?![-.a-z0-9])/.exec(member) ?? [];
  if (pool === undefined || store.all("clusters").some(({ outputs }) => poolOf(outputs) === pool))
    return undefined;
  return `googleapi: Error 400: Identity Pool does not exist (${pool}), badRequest: let this depend on a cluster with the workloadPool "${pool}"`;
}

function poolOf({ workloadIdentityConfig }: Values): string | undefined {
  const pool = isValues(workloadIdentityConfig) ? workloadIdentityConfig["workloadPool"] : undefined;
  return typeof pool === "string" ? pool : undefined;
}
