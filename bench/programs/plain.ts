// A program without any components: declares the resources that a file lists, one by one. Run by the engine it finds the
// file by the variable BENCH_RESOURCES; run by itself, as node plain.ts FILE, the SDK's mocks stand in for the engine.
import { readFileSync } from "node:fs";
import * as docker from "@pulumi/docker";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import * as tls from "@pulumi/tls";
import { type PlainResource, secretIn } from "../support/plain-resource.ts";
import { record } from "./recorder.ts";
import { reportSince } from "./report.ts";

type Class = new (name: string, args: never, options: pulumi.CustomResourceOptions) => pulumi.CustomResource;

const CLASSES: Readonly<Record<string, Class>> = {
  "pulumi:providers:docker": docker.Provider,
  "docker:index/container:Container": docker.Container,
  "docker:index/network:Network": docker.Network,
  "docker:index/volume:Volume": docker.Volume,
  "kubernetes:apps/v1:Deployment": k8s.apps.v1.Deployment,
  "kubernetes:apps/v1:StatefulSet": k8s.apps.v1.StatefulSet,
  "kubernetes:batch/v1:Job": k8s.batch.v1.Job,
  "kubernetes:core/v1:ConfigMap": k8s.core.v1.ConfigMap,
  "kubernetes:core/v1:LimitRange": k8s.core.v1.LimitRange,
  "kubernetes:core/v1:Namespace": k8s.core.v1.Namespace,
  "kubernetes:core/v1:PersistentVolumeClaim": k8s.core.v1.PersistentVolumeClaim,
  "kubernetes:core/v1:ResourceQuota": k8s.core.v1.ResourceQuota,
  "kubernetes:core/v1:Secret": k8s.core.v1.Secret,
  "kubernetes:core/v1:Service": k8s.core.v1.Service,
  "kubernetes:core/v1:ServiceAccount": k8s.core.v1.ServiceAccount,
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": k8s.networking.v1.NetworkPolicy,
  "pulumi:providers:kubernetes": k8s.Provider,
  "random:index/randomBytes:RandomBytes": random.RandomBytes,
  "random:index/randomPassword:RandomPassword": random.RandomPassword,
  "tls:index/certRequest:CertRequest": tls.CertRequest,
  "tls:index/locallySignedCert:LocallySignedCert": tls.LocallySignedCert,
  "tls:index/privateKey:PrivateKey": tls.PrivateKey,
  "tls:index/selfSignedCert:SelfSignedCert": tls.SelfSignedCert,
};

const file = process.env["BENCH_RESOURCES"];
if (file === undefined) {
  const start = performance.now();
  const registered = await record();
  declare(process.argv[2] ?? "");
  await pulumi.runtime.disconnect();
  reportSince(start, { resources: registered.length });
} else declare(file);

function declare(list: string): void {
  const declared = new Map<string, pulumi.CustomResource>();
  for (const resource of JSON.parse(readFileSync(list, "utf8")) as readonly PlainResource[]) {
    const { type, name, inputs, dependsOn, provider, ...options } = resource;
    const Resource = CLASSES[type];
    if (Resource === undefined) throw new Error(`no class is known for ${type}; add it to CLASSES`);
    const made = new Resource(name, withSecrets(inputs) as never, {
      ...options,
      dependsOn: dependsOn.flatMap((each) => declared.get(each) ?? []),
      ...(provider !== undefined && {
        provider: declared.get(provider) as unknown as pulumi.ProviderResource,
      }),
    });
    declared.set(name, made);
  }
}

/** The same value, with what is marked as a secret made one. */
function withSecrets(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(withSecrets);
  const secret = secretIn(value);
  if (secret !== undefined) return pulumi.secret(secret);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withSecrets(each)]));
}
