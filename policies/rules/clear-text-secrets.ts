import type { ResourceValidationPolicy } from "@pulumi/policy";
import { assignedCredential, namesCredential, tellsNothing } from "../credentials/names.ts";
import { credentialShape } from "../credentials/shapes.ts";
import { type ClearText, clearTexts } from "../views/clear-text.ts";

/**
 * Refuses credentials in the environment, the command line, the labels or the settings of a container, where everybody
 * reads them who may look at it (CKV_K8S_35). A report never contains the text itself.
 */
export const clearTextSecrets: ResourceValidationPolicy = {
  name: "clear-text-secrets",
  description: "No credential stands in a container's environment, command line, labels or settings.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps:
    "Hand the credential over as a file, and its path in a variable such as `POSTGRES_PASSWORD_FILE`; " +
    "on Kubernetes by a Secret and `valueFrom.secretKeyRef`.",
  tags: ["CKV_K8S_35"],
  configSchema: {
    properties: {
      allowedNames: {
        description: "Names that look like those of credentials and are none, as in `CANCEL_TOKEN`.",
        type: "array",
        items: { type: "string" },
        default: [],
      },
    },
  },
  validateResource: async (resource, report) => {
    const { allowedNames } = resource.getConfig<{ allowedNames: readonly string[] }>();
    for (const found of clearTexts(resource)) {
      const credential = await credentialIn(found, allowedNames);
      if (credential === undefined) continue;
      report(
        `${found.place} holds ${credential} in clear; hand it over as a file, with its path in a variable such as ` +
          "POSTGRES_PASSWORD_FILE (Kubernetes: a Secret with secretKeyRef)",
      );
    }
  },
};

/** What kind of credential a text holds, in words: by its name, by a name inside of it, or by its shape. */
async function credentialIn(
  { name, text }: ClearText,
  allowedNames: readonly string[],
): Promise<string | undefined> {
  const candidate =
    name !== undefined && namesCredential(name) && !tellsNothing(text) ? name : assignedCredential(text);
  if (candidate !== undefined && !allowedNames.includes(candidate))
    return `a credential by its name "${candidate}"`;
  return credentialShape(text);
}
