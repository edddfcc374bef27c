import * as containerregistry from "@pulumi/azure-native/containerregistry/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AksContext } from "./context.ts";
import { grant } from "./roles.ts";

/**
 * Makes a registry for private images, which the nodes may read; its address is given.
 *
 * @param kubelet - object id of what nodes act as
 */
export function makeRegistry(context: AksContext, kubelet: pulumi.Input<string>): pulumi.Output<string> {
  const registry = new containerregistry.Registry(
    context.name,
    {
      registryName: context.unique,
      resourceGroupName: context.resourceGroup,
      sku: { name: "Standard" },
      adminUserEnabled: false,
      anonymousPullEnabled: false,
      tags: context.tags,
    },
    context.lasting,
  );
  grant(context, "registry", {
    role: "acrPull",
    principal: kubelet,
    type: "ServicePrincipal",
    scope: registry.id,
  });
  return registry.loginServer;
}
