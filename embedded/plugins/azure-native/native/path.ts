/**
 * Azure Resource Manager knows a resource by its path; all else follows from it: the id, the type, the parent, and which inputs
 * name the resource. Source: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
 */
import type { Values } from "../../provider/value.ts";
import { textOf } from "./given.ts";

/**
 * A path with parameters in braces, as
 * `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Network/natGateways/{natGatewayName}`.
 * `{scope}` and `{resourceUri}` stand for the id of any other resource.
 */
export class ArmPath {
  readonly #template: string;

  constructor(template: string) {
    this.#template = template;
  }

  /** The inputs that the path is made of; the subscription is the provider's own. */
  get parameters(): readonly string[] {
    return [...this.#template.matchAll(/\{(\w+)\}/g)]
      .map(([, name]) => name ?? "")
      .filter((name) => name !== "subscriptionId");
  }

  /** The input that names the resource. */
  get nameParameter(): string {
    return this.parameters.at(-1) ?? "";
  }

  /** As in `Microsoft.ContainerService/managedClusters/agentPools`. */
  get type(): string {
    return typeOf(this.#template);
  }

  /** Whether the resource stands by itself in a resource group or a subscription, rather than in or on another resource. */
  get isTopLevel(): boolean {
    return this.type.split("/").length === 2 && !isAnywhere(this.parameters[0] ?? "");
  }

  id(inputs: Values, subscriptionId: string): string {
    return this.#template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      name === "subscriptionId" ? subscriptionId : textOf(inputs[name]),
    );
  }

  /** The inputs that an id tells; nothing if it is no id of this kind. */
  parse(id: string): Values | undefined {
    const pattern = this.#template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      isAnywhere(name) ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`,
    );
    const found = new RegExp(`^${pattern}$`, "i").exec(id)?.groups;
    if (!found) return undefined;
    const { subscriptionId: _, ...inputs } = found;
    return inputs;
  }
}

function isAnywhere(parameter: string): boolean {
  return parameter === "scope" || parameter === "resourceUri";
}

/** The resource that a resource is in or on: a cluster for its pool, a resource group for a cluster, a subscription for that. */
export function parentOf(id: string): string {
  const above = id.split("/").slice(0, -2);
  return (above.at(-2)?.toLowerCase() === "providers" ? above.slice(0, -2) : above).join("/");
}

/** The type of the resource with this id, as `ArmPath` writes it. */
export function typeOf(id: string): string {
  const [, own] = /.*\/providers\/(.+)$/i.exec(id) ?? [];
  if (own === undefined) return /\/resourceGroups\//i.test(id) ? "Microsoft.Resources/resourceGroups" : "";
  return own
    .split("/")
    .filter((_, index) => index === 0 || index % 2 === 1)
    .join("/");
}

export function nameOf(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** Ids do not depend on the case of their letters. */
export function sameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Whether the resource is the other, or in or on it. */
export function isWithin(id: string, other: string): boolean {
  return sameId(id, other) || id.toLowerCase().startsWith(`${other.toLowerCase()}/`);
}
