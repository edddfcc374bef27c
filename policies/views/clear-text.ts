import { annotations, dockerLabels, type Labels } from "./labels.ts";
import { containersOf, podTemplates } from "./pod.ts";
import { at, entries, known, list, text, texts, UNKNOWN } from "./read.ts";
import { none, type Resource, see, type View } from "./view.ts";

/**
 * A text in a place that everybody sees who may look at a container, such as its environment or its command line. A
 * Pulumi secret loses its protection there; policies get the text either way, and can't tell the two apart.
 */
export interface ClearText {
  /** Where it stands, such as `environment variable "LOG_LEVEL" of "api"`. */
  readonly place: string;
  /** The name that it goes by, where it has one. */
  readonly name: string | undefined;
  readonly text: string;
}

const view: View<ClearText> = {
  "docker:index/container:Container": dockerContainer,
  "docker:index/network:Network": labelsOnly,
  "docker:index/volume:Volume": labelsOnly,
  "kubernetes:apps/v1:DaemonSet": pods,
  "kubernetes:apps/v1:Deployment": pods,
  "kubernetes:apps/v1:StatefulSet": pods,
  "kubernetes:batch/v1:CronJob": pods,
  "kubernetes:batch/v1:Job": pods,
  "kubernetes:core/v1:ConfigMap": configMap,
  "kubernetes:core/v1:Namespace": annotationsOnly,
  "kubernetes:core/v1:PersistentVolumeClaim": none,
  "kubernetes:core/v1:Pod": pods,
  "kubernetes:core/v1:Secret": annotationsOnly,
  "kubernetes:core/v1:Service": none,
  "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute": annotationsOnly,
  "kubernetes:keda.sh/v1alpha1:ScaledObject": triggers,
  "kubernetes:networking.k8s.io/v1:Ingress": annotationsOnly,
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": none,
  "kubernetes:postgresql.cnpg.io/v1:Cluster": none,
};

/** The texts of a resource that are kept in clear. What is not known yet is left out. */
export function clearTexts(resource: Resource): readonly ClearText[] {
  return see(view, resource);
}

function dockerContainer({ name, props }: Resource): readonly ClearText[] {
  return [
    ...known(texts(at(props, "envs"))).map((variable) => {
      const [key = "", ...rest] = variable.split("=");
      return { place: `environment variable "${key}" of "${name}"`, name: key, text: rest.join("=") };
    }),
    ...["entrypoints", "command"].flatMap((property) =>
      argumentTexts(`${property} of "${name}"`, at(props, property)),
    ),
    ...argumentTexts(`health check of "${name}"`, at(props, "healthcheck", "tests")),
    ...labelTexts(`label of "${name}"`, dockerLabels(props)),
  ];
}

function labelsOnly({ name, props }: Resource): readonly ClearText[] {
  return labelTexts(`label of "${name}"`, dockerLabels(props));
}

function pods(resource: Resource): readonly ClearText[] {
  return podTemplates(resource).flatMap((pod) => [
    ...labelTexts(`annotation of "${resource.name}"`, annotations(pod.template)),
    ...containersOf(pod).flatMap(({ container }) => podContainer(container)),
  ]);
}

function podContainer(container: unknown): readonly ClearText[] {
  const name = String(text(at(container, "name")));
  const variables = list(at(container, "env")).map(
    (variable) => [text(at(variable, "name")), text(at(variable, "value"))] as const,
  );
  return [
    ...variables.flatMap(([key, value]) =>
      named(`environment variable "${String(key)}" of "${name}"`, key, value),
    ),
    ...["command", "args"].flatMap((property) =>
      argumentTexts(`${property} of "${name}"`, at(container, property)),
    ),
    ...["startupProbe", "livenessProbe", "readinessProbe"].flatMap((probe) =>
      argumentTexts(`${probe} of "${name}"`, at(container, probe, "exec", "command")),
    ),
  ];
}

function configMap({ name, props }: Resource): readonly ClearText[] {
  return entries(at(props, "data")).flatMap(([key, value]) =>
    named(`"${key}" of config map "${name}"`, key, text(value)),
  );
}

/** Whoever may look at an object sees its annotations; of a Secret the rest takes a right of its own. */
function annotationsOnly({ name, props }: Resource): readonly ClearText[] {
  return labelTexts(`annotation of "${name}"`, annotations(props));
}

/** What KEDA is told of a source of events: credentials belong into a TriggerAuthentication. */
function triggers({ name, props }: Resource): readonly ClearText[] {
  return list(at(props, "spec", "triggers")).flatMap((trigger, index) =>
    entries(at(trigger, "metadata")).flatMap(([key, value]) =>
      named(`"${key}" of trigger ${index} of "${name}"`, key, text(value)),
    ),
  );
}

function labelTexts(place: string, labels: Labels): readonly ClearText[] {
  return labels.flatMap(([key, value]) => named(`${place} "${String(key)}"`, key, value));
}

/** An argument goes by the name of the option before it: `--password`, then the text. */
function argumentTexts(place: string, value: unknown): readonly ClearText[] {
  const all = texts(value);
  return all.flatMap((each, index) => {
    const before = all[index - 1];
    const option = typeof before === "string" && /^--?[\w-]+$/.test(before) ? before : undefined;
    return each === UNKNOWN ? [] : [{ place: `argument ${index} of the ${place}`, name: option, text: each }];
  });
}

function named(
  place: string,
  name: string | typeof UNKNOWN | undefined,
  value: string | typeof UNKNOWN | undefined,
): readonly ClearText[] {
  if (typeof value !== "string") return [];
  return [{ place, name: typeof name === "string" ? name : undefined, text: value }];
}
