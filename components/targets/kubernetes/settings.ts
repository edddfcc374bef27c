import { createHmac } from "node:crypto";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { isHidden, type Setting, textOf } from "../../model/reference.ts";
import type { Workload } from "../../model/workload.ts";
import { metadata } from "./scope.ts";
import type { Workshop } from "./workshop.ts";

/** Where a pod finds what its process is told, and what changes with it. */
export interface Settings {
  /** Variables that may be seen by whoever may see the pod. */
  readonly variables: k8s.types.input.core.v1.EnvVar[];
  /** Secrets whose keys are the other variables. */
  readonly hidden: k8s.types.input.core.v1.EnvFromSource[];
  /** What the folder of files is made of; nothing without files. */
  readonly files: k8s.types.input.core.v1.VolumeProjection[];
  /** Changes with the contents of Secrets and ConfigMaps, so that the pods are rolled; absent without any. */
  readonly digest?: pulumi.Output<string>;
  readonly made: readonly pulumi.Resource[];
}

/** Puts hidden variables and hidden files into a Secret each, and plain files into a ConfigMap. */
export function makeSettings(
  name: string,
  { env = {}, files = {} }: Pick<Workload, "env" | "files">,
  workshop: Workshop,
  parent: pulumi.Resource,
): Settings {
  const options = workshop.options({ parent });
  const filesName = `${name}-files`;
  const contents = {
    variables: texts(env, isHidden),
    secretFiles: texts(files, isHidden),
    plainFiles: texts(files, (setting) => !isHidden(setting)),
  };
  const secret = (object: string, stringData: Texts) =>
    new k8s.core.v1.Secret(
      `${workshop.prefix}-${object}`,
      { metadata: metadata(workshop, name, { name: object }), stringData },
      options,
    );
  const configMap = (object: string, data: Texts) =>
    new k8s.core.v1.ConfigMap(
      `${workshop.prefix}-${object}`,
      { metadata: metadata(workshop, name, { name: object }), data },
      options,
    );
  const given = {
    variables: some(contents.variables),
    secretFiles: some(contents.secretFiles),
    plainFiles: some(contents.plainFiles),
  };
  const made = [
    ...given.variables.map((data) => secret(name, data)),
    ...given.secretFiles.map((data) => secret(filesName, data)),
    ...given.plainFiles.map((data) => configMap(filesName, data)),
  ];
  return {
    variables: Object.entries(env)
      .filter(([, setting]) => !isHidden(setting))
      .map(([key, setting]) => ({ name: key, value: mapped(textOf(setting), unexpanded) })),
    hidden: given.variables.map(() => ({ secretRef: { name } })),
    files: [
      ...given.secretFiles.map(() => ({ secret: { name: filesName } })),
      ...given.plainFiles.map(() => ({ configMap: { name: filesName } })),
    ],
    ...(made.length > 0 && { digest: digestOf(contents, workshop.salt) }),
    made,
  };
}

/** Text that Kubernetes passes on as it is: it replaces `$(NAME)` by a variable, and `$$` by `$`. */
export function unexpanded(text: string): string {
  return text.replaceAll(/\$(?=[$(])/g, "$$$$");
}

type Texts = Readonly<Record<string, pulumi.Input<string>>>;

function texts(settings: Readonly<Record<string, Setting>>, chosen: (setting: Setting) => boolean): Texts {
  const entries = Object.entries(settings).filter(([, setting]) => chosen(setting));
  return Object.fromEntries(entries.map(([key, setting]) => [key, textOf(setting)]));
}

/** Texts as the one element of a list, or none. */
function some(contents: Texts): readonly Texts[] {
  return Object.keys(contents).length > 0 ? [contents] : [];
}

/** Salted, because an annotation is seen by many, and a secret that was chosen by hand may be guessed. */
function digestOf(contents: pulumi.Input<unknown>, salt: pulumi.Output<string>): pulumi.Output<string> {
  const digest = pulumi
    .all([contents, salt])
    .apply(([known, key]) =>
      createHmac("sha256", key).update(JSON.stringify(known)).digest("hex").slice(0, 12),
    );
  return pulumi.unsecret(digest);
}

function mapped(text: pulumi.Input<string>, change: (text: string) => string): pulumi.Input<string> {
  return typeof text === "string" ? change(text) : pulumi.output(text).apply(change);
}
