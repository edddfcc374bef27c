import { temporaryFolder } from "../../../../support/temporary-folder.ts";

/** A home folder of keelson in which a project has definitions of these names; the newest of two. */
export function homeWithDefinitions(project: string, names: readonly string[]): string {
  const documents = names.map(
    (name) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: ${name}
spec:
  group: ${name.slice(name.indexOf(".") + 1)}
  names: { plural: ${name.slice(0, name.indexOf("."))} }
  scope: Namespaced
`,
  );
  return temporaryFolder({ [`cluster/bin/definitions-0123/${project}/all.yaml`]: documents.join("---\n") });
}
