import * as containerservice from "@pulumi/azure-native/containerservice/index.js";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import type { Login } from "./aks-args.ts";
import type { AksContext } from "./context.ts";
import { grant } from "./roles.ts";

/**
 * Lets accounts do everything in the clusters of the resource group. A role takes some minutes until it counts, so it is given
 * before the cluster is made, which takes longer: https://learn.microsoft.com/azure/role-based-access-control/troubleshooting
 */
export function grantAdministrators(
  context: AksContext,
  administrators: readonly string[] | undefined,
): pulumi.Resource[] {
  const scope = context.resourceGroupId;
  const role = "clusterAdministrator";
  if (!administrators) return [grant(context, "administrator", { role, scope, principal: context.account })];
  return administrators.map((principal) =>
    grant(context, `administrator-${principal}`, { role, scope, principal }),
  );
}

/** The API server of every AKS cluster in Entra ID: https://azure.github.io/kubelogin/concepts/aks.html */
const SERVER_ID = "6dae42f8-4368-4678-94ff-3960e28e3630";

interface Kubeconfig {
  readonly clusters: readonly {
    readonly cluster: { readonly server: string; "certificate-authority-data": string };
  }[];
}

/** Content of a kubeconfig whose user asks kubelogin for a token; a secret. */
export function kubeconfigOf(
  cluster: { readonly resourceGroup: pulumi.Input<string>; readonly name: pulumi.Input<string> },
  login: Login,
  options: pulumi.InvokeOutputOptions,
): pulumi.Output<string> {
  const { kubeconfigs } = containerservice.listManagedClusterUserCredentialsOutput(
    { resourceGroupName: cluster.resourceGroup, resourceName: cluster.name },
    options,
  );
  const content = pulumi.all([kubeconfigs, cluster.name]).apply(([[own], name]) => {
    if (!own)
      throw new Error(
        `the cluster "${name}" gives no kubeconfig; the account that runs this needs the role "Azure Kubernetes Service Cluster User Role"`,
      );
    const { clusters } = parse(Buffer.from(own.value, "base64").toString()) as Kubeconfig;
    return JSON.stringify(kubeconfig(name, clusters[0]!.cluster, login));
  });
  return pulumi.secret(content);
}

function kubeconfig(name: string, cluster: Kubeconfig["clusters"][number]["cluster"], login: Login) {
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
    users: [{ name, user: { exec: tokenCommand(login) } }],
  };
}

function tokenCommand(login: Login) {
  return {
    apiVersion: "client.authentication.k8s.io/v1beta1",
    command: "kubelogin",
    args: ["get-token", "--login", login, "--server-id", SERVER_ID],
    installHint: "kubelogin is not installed; see https://azure.github.io/kubelogin/install.html",
    interactiveMode: "Never",
    provideClusterInfo: false,
  };
}
