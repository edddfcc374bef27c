import * as monitor from "@pulumi/azure-native/monitor/index.js";
import * as operationalinsights from "@pulumi/azure-native/operationalinsights/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AksContext } from "./context.ts";

/** Makes the Log Analytics workspace, which only accounts of Entra ID may write to and read. */
export function makeWorkspace(context: AksContext): operationalinsights.Workspace {
  const { name, resourceGroup, tags, options } = context;
  return new operationalinsights.Workspace(
    name,
    {
      workspaceName: name,
      resourceGroupName: resourceGroup,
      sku: { name: "PerGB2018" },
      retentionInDays: RETENTION_DAYS,
      features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true },
      tags,
    },
    options,
  );
}

const RETENTION_DAYS = 90;

/** Has the cluster's control plane log what it does, and its nodes what containers say and take; gives what is attached to the cluster. */
export function monitorCluster(
  context: AksContext,
  workspace: operationalinsights.Workspace,
  cluster: pulumi.Input<string>,
): pulumi.Resource[] {
  return [logControlPlane(context, workspace, cluster), collectContainers(context, workspace, cluster)];
}

/**
 * What a control plane can log: https://learn.microsoft.com/azure/aks/monitor-aks-reference#resource-logs. "kube-audit-admin"
 * is a part of "kube-audit", which alone tells who read Secrets.
 */
const LOGS = [
  "cloud-controller-manager",
  "cluster-autoscaler",
  "csi-azuredisk-controller",
  "guard",
  "kube-apiserver",
  "kube-audit",
  "kube-controller-manager",
  "kube-scheduler",
];

function logControlPlane(
  { name, options }: AksContext,
  workspace: operationalinsights.Workspace,
  cluster: pulumi.Input<string>,
): monitor.DiagnosticSetting {
  return new monitor.DiagnosticSetting(
    `${name}-control-plane`,
    {
      name: "control-plane",
      resourceUri: cluster,
      workspaceId: workspace.id,
      logAnalyticsDestinationType: "Dedicated",
      logs: LOGS.map((category) => ({ category, enabled: true })),
    },
    options,
  );
}

/** Streams of Container insights: https://learn.microsoft.com/azure/azure-monitor/containers/container-insights-data-collection-configure */
const STREAMS = ["Microsoft-ContainerInsights-Group-Default"];

function collectContainers(
  { name, resourceGroup, tags, options }: AksContext,
  workspace: operationalinsights.Workspace,
  cluster: pulumi.Input<string>,
): monitor.DataCollectionRuleAssociation {
  const rule = new monitor.DataCollectionRule(
    `${name}-containers`,
    {
      dataCollectionRuleName: `${name}-containers`,
      resourceGroupName: resourceGroup,
      kind: "Linux",
      dataSources: {
        extensions: [
          {
            name: "containers",
            extensionName: "ContainerInsights",
            streams: STREAMS,
            extensionSettings: { dataCollectionSettings: { interval: "1m", enableContainerLogV2: true } },
          },
        ],
      },
      destinations: { logAnalytics: [{ name: "workspace", workspaceResourceId: workspace.id }] },
      dataFlows: [{ streams: STREAMS, destinations: ["workspace"] }],
      tags,
    },
    options,
  );
  return new monitor.DataCollectionRuleAssociation(
    `${name}-containers`,
    // The add-on looks for this name: https://learn.microsoft.com/azure/azure-monitor/containers/kubernetes-monitoring-enable
    { associationName: "ContainerInsightsExtension", resourceUri: cluster, dataCollectionRuleId: rule.id },
    options,
  );
}
