import { providerFunction } from "../../provider/resource.ts";

/** Functions that need programs which the embedded plugin does not bring: `render` writes what they would make as plain manifests. */
function unsupported(what: string, render: string) {
  return providerFunction({
    inputs: {},
    outputs: {},
    call: () => {
      throw new Error(
        `the embedded kubernetes plugin does not read ${what}: write the manifests with \`${render}\` and declare them by yaml.ConfigFile, or use the official plugin`,
      );
    },
  });
}

export const helmTemplate = unsupported("Helm charts", "helm template");
export const kustomizeDirectory = unsupported("Kustomize folders", "kubectl kustomize");
