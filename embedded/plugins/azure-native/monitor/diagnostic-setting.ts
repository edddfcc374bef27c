import { listOf, valuesOf } from "../../provider/bridge/types.ts";
import type { Values } from "../../provider/value.ts";
import { isGiven, textOf } from "../native/given.ts";
import { native } from "../native/native.ts";
import { parentOf, typeOf } from "../native/path.ts";
import { refersTo, requiredFlag, text } from "../native/properties.ts";

const retentionPolicy = {
  type: { object: { enabled: requiredFlag, days: { type: "integer", required: true } } },
} as const;

/** Source: https://learn.microsoft.com/azure/aks/monitor-aks-reference#resource-logs */
const categories: Readonly<Record<string, readonly string[]>> = {
  "Microsoft.ContainerService/managedClusters": [
    "cloud-controller-manager",
    "cluster-autoscaler",
    "csi-azuredisk-controller",
    "csi-azurefile-controller",
    "csi-snapshot-controller",
    "fleet-mcs-controller-manager",
    "fleet-member-agent",
    "fleet-member-net-controller-manager",
    "guard",
    "karpenter-events",
    "kube-apiserver",
    "kube-audit",
    "kube-audit-admin",
    "kube-controller-manager",
    "kube-scheduler",
  ],
};

const destinations = [
  "workspaceId",
  "storageAccountId",
  "eventHubAuthorizationRuleId",
  "marketplacePartnerId",
] as const;

/** What a resource logs, and where to: https://learn.microsoft.com/azure/azure-monitor/essentials/diagnostic-settings */
export const diagnosticSetting = native({
  path: "{resourceUri}/providers/Microsoft.Insights/diagnosticSettings/{name}",
  apiVersion: "2021-05-01-preview",
  properties: {
    workspaceId: text,
    storageAccountId: text,
    eventHubAuthorizationRuleId: text,
    eventHubName: text,
    marketplacePartnerId: text,
    logAnalyticsDestinationType: text,
    logs: {
      type: {
        list: { object: { category: text, categoryGroup: text, enabled: requiredFlag, retentionPolicy } },
      },
    },
    metrics: {
      type: { list: { object: { category: text, enabled: requiredFlag, timeGrain: text, retentionPolicy } } },
    },
  },
  references: [
    refersTo("workspaceId", "Microsoft.OperationalInsights/workspaces", { holds: false }),
    refersTo("storageAccountId", "Microsoft.Storage/storageAccounts", { holds: false }),
  ],
  validate: (inputs) =>
    destinations.some((name) => isGiven(inputs[name]))
      ? []
      : [`at least one data sink needs to be specified: give one of ${destinations.join(", ")}`],
  judge: (inputs, { id }) => problemOfCategories(inputs, parentOf(id)),
});

function problemOfCategories({ logs }: Values, subject: string): string | undefined {
  const known = categories[typeOf(subject)];
  const given = listOf(logs).map((each) => textOf(valuesOf(each)["category"]));
  const unknown = known && given.filter((category) => category !== "" && !known.includes(category));
  return unknown && unknown.length > 0
    ? `Category '${unknown.join("', '")}' is not supported: use some of ${known.join(", ")}`
    : undefined;
}
