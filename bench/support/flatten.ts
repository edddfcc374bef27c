import type { PlainResource } from "./plain-resource.ts";
import type { State, StateResource } from "./stack.ts";

/**
 * What the state of a stack would be, had its resources been declared without components: all of them children of the
 * stack itself. A program that declares them so then has nothing to change.
 *
 * @param project Name of the project, and of the stack, whose state it is to be
 */
export function flattenState(state: State, project: string): State {
  const [stack] = state.deployment.resources;
  const kept = state.deployment.resources.filter((resource) => resource.custom || resource === stack);
  const renamed = new Map(kept.map((resource) => [resource.urn, flatUrn(resource, project)]));
  const twice = [...renamed.values()].find((urn, index, all) => all.indexOf(urn) < index);
  if (twice !== undefined) throw new Error(`two resources would be ${twice}: one of them needs another name`);

  const own = (urns: readonly string[]) => urns.flatMap((urn) => renamed.get(urn) ?? []);
  const flat = kept.map((resource): StateResource => {
    const { propertyDependencies: _, ...rest } = resource;
    return {
      ...rest,
      urn: flatUrn(resource, project),
      ...(resource.parent !== undefined && { parent: flatUrn(stack!, project) }),
      ...(resource.provider && { provider: flatProvider(resource.provider, renamed) }),
      dependencies: own(resource.dependencies),
    };
  });
  return { ...state, deployment: { ...state.deployment, resources: flat } };
}

/** The resources of a state as a program has to declare them: without what the engine and the plugins have added. */
export function declarations({ deployment }: State): readonly PlainResource[] {
  const declared = deployment.resources.filter(
    ({ custom, urn }) => custom && !nameOf(urn).startsWith("default"),
  );
  const names = new Set(declared.map(({ urn }) => nameOf(urn)));
  return declared.map(({ type, urn, inputs, provider, dependencies, protect, retainOnDelete }) => {
    const from = nameOf(provider?.split("::").slice(0, -1).join("::") ?? "");
    return {
      type,
      name: nameOf(urn),
      inputs: withoutDefaults(inputs),
      dependsOn: dependencies.map(nameOf),
      ...(names.has(from) && { provider: from }),
      ...(protect && { protect }),
      ...(retainOnDelete && { retainOnDelete }),
    };
  });
}

function flatUrn({ urn, type }: StateResource, project: string): string {
  const name = type === "pulumi:pulumi:Stack" ? `${project}-${project}` : nameOf(urn);
  return `urn:pulumi:${project}::${project}::${type}::${name}`;
}

/** A reference to a provider is its URN and its id. */
function flatProvider(reference: string, renamed: ReadonlyMap<string, string>): string {
  const at = reference.lastIndexOf("::");
  return `${renamed.get(reference.slice(0, at)) ?? reference.slice(0, at)}${reference.slice(at)}`;
}

function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** Inputs without those that a plugin has filled in. */
function withoutDefaults(inputs: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { [DEFAULTS]: filled, ...values } = inputs;
  const given = Object.entries(values).filter(([key]) => !Array.isArray(filled) || !filled.includes(key));
  return Object.fromEntries(given.map(([key, value]) => [key, withoutDefaultsInside(value)]));
}

function withoutDefaultsInside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaultsInside);
  return typeof value === "object" && value !== null ? withoutDefaults({ ...value }) : value;
}

/** Where plugins list, at every level of the inputs, what they have filled in. */
const DEFAULTS = "__defaults";
