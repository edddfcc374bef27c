import { uuid } from "../../cloud/ids.ts";
import { named } from "../../cloud/names.ts";
import { listOf, valuesOf } from "../../provider/bridge/types.ts";
import { matches } from "../../provider/validate.ts";
import { isUnknown, type Value, type Values } from "../../provider/value.ts";
import { textOf, textsOf } from "../native/given.ts";
import { native } from "../native/native.ts";
import {
  choice,
  flag,
  location,
  output,
  refersTo,
  requiredText,
  tags,
  text,
  texts,
} from "../native/properties.ts";

/** https://learn.microsoft.com/azure/azure-monitor/containers/container-insights-data-collection-configure */
const containers = {
  interval: { type: "string", validate: matches(/^(?:[1-9]|[12]\d|30)m$/) },
  namespaceFilteringMode: choice("Off", "Include", "Exclude"),
  namespaces: texts,
  enableContainerLogV2: flag,
  streams: texts,
} as const;

const extension = {
  name: text,
  extensionName: requiredText,
  streams: texts,
  inputDataSources: texts,
  extensionSettings: { type: { object: { dataCollectionSettings: { type: { object: containers } } } } },
} as const;

/** What is collected from machines and clusters, and where it goes: https://learn.microsoft.com/azure/azure-monitor/essentials/data-collection-rule-structure */
export const dataCollectionRule = native({
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Insights/dataCollectionRules/{dataCollectionRuleName}",
  apiVersion: "2022-06-01",
  properties: {
    location,
    kind: choice("Linux", "Windows", "AgentDirectToStore", "WorkspaceTransforms"),
    description: text,
    dataSources: { type: { object: { extensions: { type: { list: { object: extension } } } } } },
    destinations: {
      type: {
        object: {
          logAnalytics: {
            type: { list: { object: { name: text, workspaceResourceId: text, workspaceId: output } } },
          },
        },
      },
    },
    dataFlows: { type: { list: { object: { streams: texts, destinations: texts, transformKql: text } } } },
    tags,
    immutableId: output,
    provisioningState: output,
  },
  validateName: named({
    pattern: /^[A-Za-z0-9_][A-Za-z0-9_.()-]{0,62}[A-Za-z0-9_()-]$/,
    allowed: "2 to 64 letters, digits, _, (, ), - and ., no . last",
  }),
  references: [
    refersTo("destinations.logAnalytics.workspaceResourceId", "Microsoft.OperationalInsights/workspaces", {
      holds: false,
    }),
  ],
  validate: problemsOfFlows,
  outputsOf: (_, { id }) => ({
    immutableId: `dcr-${uuid(id).replaceAll("-", "")}`,
    provisioningState: "Succeeded",
  }),
});

/** A flow goes to destinations that the rule names. */
function problemsOfFlows({ destinations, dataFlows }: Values): readonly string[] {
  if (isUnknown(destinations)) return [];
  const known = objectsOf(valuesOf(destinations)["logAnalytics"]).map(({ name }) => textOf(name));
  const missing = objectsOf(dataFlows)
    .flatMap((flow) => textsOf(flow["destinations"]))
    .filter((name) => !known.includes(name) && !isUnknown(name));
  return missing.map(
    (name) =>
      `InvalidDataFlow: a data flow goes to '${name}', which is no destination of the rule: it has ${known.join(", ")}`,
  );
}

function objectsOf(value: Value | undefined): readonly Values[] {
  return listOf(value).map(valuesOf);
}
