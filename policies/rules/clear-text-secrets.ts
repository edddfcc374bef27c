import type { ResourceValidationPolicy } from "@pulumi/policy";
import { assignedCredential, namesCredential, tellsNothing } from "../credentials/names.ts";
import { issuedCredential, ownCredential } from "../credentials/shapes.ts";
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
    const texts = clearTexts(resource);
    // One look at all of them together tells whether it is worth looking at each.
    const anyIssued = await issuedCredential(texts.map(({ text }) => text).join("\n"));
    for (const found of texts) {
      const credential =
        credentialByName(found, allowedNames) ??
        ownCredential(found.text) ??
        (anyIssued && (await issuedCredential(found.text)));
      if (credential === undefined) continue;
      report(
        `${found.place} holds ${credential} in clear; hand it over as a file, with its path in a variable such as ` +
          "POSTGRES_PASSWORD_FILE (Kubernetes: a Secret with secretKeyRef)",
      );
    }
  },
};

/** The name by which a text is a credential, or by which one is assigned inside of it, in words. */
function credentialByName({ name, text }: ClearText, allowedNames: readonly string[]): string | undefined {
  const candidate =
    name !== undefined && namesCredential(name) && !tellsNothing(text) ? name : assignedCredential(text);
  if (candidate === undefined || allowedNames.includes(candidate)) return undefined;
  return `a credential by its name "${candidate}"`;
}
