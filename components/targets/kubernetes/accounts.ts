import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { RegistryCredentials } from "./kubernetes-args.ts";
import { metadata, type Scope } from "./scope.ts";
import type { Workshop } from "./workshop.ts";

/** Name of the Secret with which nodes fetch private images. */
const REGISTRY = "registry";

/** Makes the account that a service's pods run as. It may do nothing, and its token stays out of pods that don't ask for it. */
export function makeAccount(
  service: string,
  scope: Scope & Pick<Workshop, "pullSecrets">,
  parent: pulumi.Resource,
): k8s.core.v1.ServiceAccount {
  const imagePullSecrets = scope.pullSecrets.map((name) => ({ name }));
  return new k8s.core.v1.ServiceAccount(
    `${scope.prefix}-${service}`,
    {
      metadata: metadata(scope, service),
      automountServiceAccountToken: false,
      ...(imagePullSecrets.length > 0 && { imagePullSecrets }),
    },
    scope.options({ parent }),
  );
}

/** Makes the Secret with which nodes fetch private images. */
export function makePullSecret(
  { server, user, password }: RegistryCredentials,
  scope: Scope,
): k8s.core.v1.Secret {
  const config = pulumi.jsonStringify({ auths: { [server]: { username: user, password } } });
  return new k8s.core.v1.Secret(
    `${scope.prefix}-${REGISTRY}`,
    {
      metadata: metadata(scope, REGISTRY),
      type: "kubernetes.io/dockerconfigjson",
      stringData: { ".dockerconfigjson": pulumi.secret(config) },
    },
    scope.options(),
  );
}
