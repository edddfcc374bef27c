import * as azure from "@pulumi/azure-native/provider.js";
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { AksArgs } from "./aks-args.ts";

/** What all parts of one cluster share. */
export interface AksContext {
  readonly name: string;
  readonly region: string;
  readonly resourceGroup: pulumi.Output<string>;
  readonly resourceGroupId: pulumi.Output<string>;
  readonly subscription: pulumi.Output<string>;
  readonly tenant: pulumi.Output<string>;
  /** Object id in Entra ID of the account that the program runs as. */
  readonly account: pulumi.Output<string>;
  readonly tags: Readonly<Record<string, string>>;
  readonly options: pulumi.CustomResourceOptions;
  /** Options of what deletion protection is about. */
  readonly lasting: pulumi.CustomResourceOptions;
  /** What makes a name that all of Azure shares the cluster's own: the letters and digits of its name, and some by chance. */
  readonly unique: pulumi.Output<string>;
}

/** Makes the provider and the resource group that everything of a cluster is in. */
export function aksContext(name: string, args: AksArgs, parent: pulumi.Resource): AksContext {
  const { region, subscription, deletionProtection = true, tags } = args;
  const provider = new azure.Provider(
    name,
    { location: region, ...(subscription && { subscriptionId: subscription }) },
    { parent },
  );
  const options = { parent, provider };
  const lasting = { ...options, protect: deletionProtection };
  const client = authorization.getClientConfigOutput(options);
  const allTags = { keelson: name, ...tags };
  const group = new resources.ResourceGroup(
    name,
    { resourceGroupName: name, location: region, tags: allTags },
    lasting,
  );
  return {
    name,
    region,
    resourceGroup: group.name,
    resourceGroupId: group.id,
    subscription: client.subscriptionId,
    tenant: client.tenantId,
    account: client.objectId,
    tags: allTags,
    options,
    lasting,
    unique: uniqueName(name, parent),
  };
}

/** Names of storage accounts and key vaults have 24 characters at most. */
function uniqueName(name: string, parent: pulumi.Resource): pulumi.Output<string> {
  const suffix = new random.RandomString(
    `${name}-suffix`,
    { length: 8, lower: true, upper: false, numeric: true, special: false },
    { parent },
  );
  return pulumi.interpolate`${name.replaceAll("-", "").slice(0, 16)}${suffix.result}`;
}
