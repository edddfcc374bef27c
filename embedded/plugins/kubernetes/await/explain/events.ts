import type { CoreV1Event, V1Pod } from "@kubernetes/client-node";
import type { Live } from "../rule.ts";

type Event = Live<CoreV1Event>;

/** How many of an object's warnings are shown: the newest. */
const shown = 3;

/** What an event may be about. */
export interface Subject {
  readonly kind: string;
  readonly name: string;
  /** Tells it from an earlier one of the same name; not known of what is only referred to. */
  readonly uid?: string | undefined;
}

export function subject(
  kind: string,
  { metadata }: { readonly metadata?: { readonly name?: string; readonly uid?: string } },
): Subject {
  return { kind, name: metadata?.name ?? "", uid: metadata?.uid };
}

/** The objects behind a pod whose events tell why it doesn't start: itself, and the claims of its volumes. */
export function subjectsOf(pod: Live<V1Pod>): readonly Subject[] {
  const claims = (pod.spec?.volumes ?? []).flatMap(
    ({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? [],
  );
  return [subject("Pod", pod), ...claims.map((name) => ({ kind: "PersistentVolumeClaim", name }))];
}

/**
 * The newest warnings about an object: probes that fail, volumes that can't be mounted, pods that quota or admission refuse.
 *
 * @param said what is said already, and not said again
 */
export function warningsAbout(
  about: Subject,
  events: readonly Event[],
  said: readonly string[],
): readonly string[] {
  return events
    .filter(({ type, reason }) => type === "Warning" && reason !== "BackOff")
    .filter(({ involvedObject }) => isAbout(involvedObject, about))
    .filter(({ message = "" }) => !said.some((text) => text.includes(essence(message))))
    .toSorted((one, other) => timeOf(one).localeCompare(timeOf(other)))
    .slice(-shown)
    .map((event) => `[${about.kind} ${nameOf(event)}]: ${event.reason}: ${event.message}${times(event)}`);
}

function isAbout(involved: Event["involvedObject"], { kind, name, uid }: Subject): boolean {
  const isSame = uid === undefined || involved.uid === undefined || involved.uid === uid;
  return involved.kind === kind && involved.name === name && isSame;
}

/** The cause in a kubelet's message about an image, which the state of the container has too. */
function essence(message: string): string {
  return message.replace(/^(Error: |Failed to pull image "[^"]*": )/, "");
}

function nameOf({ involvedObject: { namespace, name } }: Event): string {
  return namespace && namespace !== "default" ? `${namespace}/${name}` : (name ?? "");
}

/** When it happened last; the newer API has its times elsewhere. */
function timeOf({ lastTimestamp, series, eventTime, metadata }: Event): string {
  return (series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? "").slice(
    0,
    19,
  );
}

function times({ count, series }: Event): string {
  const number = series?.count ?? count ?? 1;
  return number > 1 ? ` (${number} times)` : "";
}
