import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { isHidden, type Reference } from "../../model/reference.ts";
import type { SaslLogin, Scaling, Signal } from "../../model/scaling.ts";
import { BEHAVIOR } from "./autoscaling-behavior.ts";
import { metadata, type Scope } from "./scope.ts";

type Kind = Signal["kind"];
type SignalOf<Name extends Kind> = Extract<Signal, { kind: Name }>;

const KEDA = "keda.sh/v1alpha1";

/** What KEDA asks, as its ScaledObject has it. */
interface Trigger {
  readonly type: string;
  readonly metricType?: "Utilization";
  readonly metadata: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * Whose child an autoscaler is, and what has to be there before it: the workload, of whose absence it would complain, and
 * what the cluster measures by.
 */
export interface Scaled {
  readonly parent: pulumi.Resource;
  readonly dependsOn: readonly pulumi.Resource[];
}

/** An address, as it is written where KEDA runs. */
type Address = (server: Reference) => pulumi.Input<string>;

/** KEDA's scalers by the kind of signal: https://keda.sh/docs/latest/scalers/; nothing for those that it can't follow. */
const TRIGGERS: {
  readonly [Name in Kind]: ((signal: SignalOf<Name>, address: Address) => Trigger) | undefined;
} = {
  cpu: ({ percent }) => ({ type: "cpu", metricType: "Utilization", metadata: { value: `${percent}` } }),
  memory: ({ percent }) => ({ type: "memory", metricType: "Utilization", metadata: { value: `${percent}` } }),
  // What a workload publishes is asked of a Prometheus server, as a "rate".
  metric: undefined,
  queue: ({ server, list, perCopy }, address) => ({
    type: "redis",
    metadata: { address: address(server), listName: list, listLength: whole(perCopy) },
  }),
  lag: ({ server, topic, group, perCopy, login }, address) => ({
    type: "kafka",
    metadata: {
      bootstrapServers: address(server),
      consumerGroup: group,
      topic,
      lagThreshold: whole(perCopy),
      ...(login && { sasl: MECHANISMS[login.mechanism], tls: TLS[login.protocol] }),
    },
  }),
  rate: ({ server, query, perCopy }, address) => ({
    type: "prometheus",
    metadata: { serverAddress: address(server), query, threshold: `${perCopy}` },
  }),
};

/** KEDA's names of what a client of Kafka proves itself by: https://keda.sh/docs/latest/scalers/apache-kafka/ */
const MECHANISMS = {
  PLAIN: "plaintext",
  "SCRAM-SHA-256": "scram_sha256",
  "SCRAM-SHA-512": "scram_sha512",
} as const satisfies Record<SaslLogin["mechanism"], string>;

const TLS = { SASL_PLAINTEXT: "disable", SASL_SSL: "enable" } as const satisfies Record<
  SaslLogin["protocol"],
  string
>;

/** What a server knows KEDA by. */
interface Login {
  readonly server: Reference;
  /** By the names that KEDA has for them. */
  readonly secrets: Readonly<Record<string, Reference>>;
}

/** What is needed to ask for a signal, by its kind; nothing where anybody may ask. */
const LOGINS: { readonly [Name in Kind]?: (signal: SignalOf<Name>) => Login | undefined } = {
  queue: ({ server, password }) => ({ server, secrets: { password } }),
  lag: ({ server, login }) =>
    login && { server, secrets: { username: login.user, password: login.password } },
};

function loginOf(signal: Signal): Login | undefined {
  const login = LOGINS[signal.kind] as ((signal: Signal) => Login | undefined) | undefined;
  return login?.(signal);
}

/**
 * Lets KEDA scale a workload. A broker of Kafka has to advertise a name that is known in KEDA's namespace, too.
 *
 * @throws ResourceError if an address is a secret, which KEDA would have to be told in clear
 */
export function makeScaledObject(
  name: string,
  scaling: Scaling,
  workload: "Deployment" | "StatefulSet",
  scope: Scope,
  { parent, dependsOn }: Scaled,
): void {
  const address: Address = (server) => {
    if (!isHidden(server)) return addressFromAfar(server, scope.namespace);
    const reason = `"${name}" is to be scaled by what a server tells whose address is secret; KEDA has to be told it in clear: keep passwords out of it`;
    throw new pulumi.ResourceError(reason, parent, true);
  };
  const logins = new Map(
    scaling.signals.flatMap((signal) => {
      const login = loginOf(signal);
      return login ? [[loginName(name, login), login.secrets] as const] : [];
    }),
  );
  const made = [...logins].map(([login, secrets]) =>
    makeLogin(name, login, secrets, scope, { parent, dependsOn }),
  );
  new k8s.apiextensions.CustomResource(
    `${scope.prefix}-${name}`,
    {
      apiVersion: KEDA,
      kind: "ScaledObject",
      metadata: metadata(scope, name),
      spec: scaledObjectSpec(name, scaling, workload, address),
    },
    scope.options({ parent, dependsOn: [...dependsOn, ...made] }),
  );
}

/** https://keda.sh/docs/latest/reference/scaledobject-spec/ */
export function scaledObjectSpec(
  name: string,
  { min, max, signals }: Scaling,
  workload: "Deployment" | "StatefulSet",
  address: Address,
) {
  return {
    scaleTargetRef: { apiVersion: "apps/v1", kind: workload, name },
    minReplicaCount: min,
    maxReplicaCount: max,
    advanced: { horizontalPodAutoscalerConfig: { behavior: BEHAVIOR } },
    triggers: signals.flatMap((signal) => {
      const trigger = TRIGGERS[signal.kind] as ((signal: Signal, address: Address) => Trigger) | undefined;
      if (!trigger) return [];
      const login = loginOf(signal);
      const authentication = login && { authenticationRef: { name: loginName(name, login) } };
      return [{ ...trigger(signal, address), ...authentication }];
    }),
  };
}

/** An address with the namespace in it, since it is looked up from another one. What lies elsewhere stays as it is. */
export function addressFromAfar(
  { value, grants }: Reference,
  namespace: pulumi.Input<string>,
): pulumi.Output<string> {
  const inside = new Set(grants.flatMap(({ endpoint }) => (endpoint.outside ? [] : [endpoint.host])));
  return pulumi
    .all([value, namespace])
    .apply(([text, space]) =>
      text.replace(/^(\w+:\/\/)?([^:/]+)/, (all, scheme: string | undefined, host: string) =>
        inside.has(host) ? `${scheme ?? ""}${host}.${space}.svc` : all,
      ),
    );
}

/** A Secret with what a server knows KEDA by, and the leave for KEDA to use it. */
function makeLogin(
  service: string,
  name: string,
  secrets: Readonly<Record<string, Reference>>,
  scope: Scope,
  { parent, dependsOn }: Scaled,
) {
  const unique = `${scope.prefix}-${name}`;
  const own = { metadata: metadata(scope, service, { name }) };
  const secret = new k8s.core.v1.Secret(
    unique,
    { ...own, stringData: hidden(secrets) },
    scope.options({ parent }),
  );
  return new k8s.apiextensions.CustomResource(
    unique,
    {
      ...own,
      apiVersion: KEDA,
      kind: "TriggerAuthentication",
      spec: { secretTargetRef: Object.keys(secrets).map((key) => ({ parameter: key, name, key })) },
    },
    scope.options({ parent, dependsOn: [...dependsOn, secret] }),
  );
}

function hidden(secrets: Readonly<Record<string, Reference>>): Record<string, pulumi.Output<string>> {
  return Object.fromEntries(Object.entries(secrets).map(([key, { value }]) => [key, pulumi.secret(value)]));
}

/** One for each server of a workload, whatever is asked there. */
function loginName(service: string, { server: { grants } }: Login): string {
  return `${service}-scaling-${grants[0]!.endpoint.host}`;
}

/** Items are counted whole; a copy for each begun lot. */
function whole(perCopy: number): string {
  return `${Math.ceil(perCopy)}`;
}
