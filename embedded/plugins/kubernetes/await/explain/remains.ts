import type { KubernetesObject } from "../../api/object.ts";
import { bracketed, isTrue } from "../facts.ts";

interface WithConditions {
  readonly conditions?: readonly {
    readonly type: string;
    readonly status: string;
    readonly reason?: string;
    readonly message?: string;
  }[];
}

/** Finalizers that the cluster itself works off: they tell nothing about who is in the way. */
const ordinary: ReadonlySet<string> = new Set(["kubernetes"]);

/** What keeps an object that is being deleted: its finalizers, and what a namespace says is left in it. */
export function remains(object: KubernetesObject): readonly string[] {
  const finalizers = [
    ...(object.metadata.finalizers ?? []),
    ...((object["spec"] as { readonly finalizers?: readonly string[] } | undefined)?.finalizers ?? []),
  ].filter((finalizer) => !ordinary.has(finalizer));
  const { conditions = [] } = (object["status"] ?? {}) as WithConditions;
  return [
    ...conditions
      .filter((condition) => condition.type.startsWith("Namespace") && isTrue(condition))
      .map(bracketed),
    ...(finalizers.length > 0 ? [`finalizers might be preventing deletion (${finalizers.join(", ")})`] : []),
  ];
}
