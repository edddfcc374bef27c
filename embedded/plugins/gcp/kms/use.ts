import { text } from "../../cloud/values.ts";
import type { CloudStore } from "../../cloud/store.ts";
import { agentEmail, type Agent } from "../iam/agents.ts";
import { keyPath, locationIn } from "./paths.ts";

/** https://cloud.google.com/kms/docs/reference/permissions-and-roles */
const encrypter = "roles/cloudkms.cryptoKeyEncrypterDecrypter";

/** What is to be encrypted with a key, and where. */
export interface KeyUse {
  /** The key's path. */
  readonly key: string;
  /** Where what is encrypted is. */
  readonly region: string;
  /** Who encrypts. */
  readonly agent: Agent;
  readonly project: string;
}

/**
 * What keeps one of Google Cloud's services from using a customer's key: it has to be there, where its data are, and the
 * service's own account needs a role on it (https://cloud.google.com/kms/docs/cmek).
 */
export function problemOfKey({ key, region, agent, project }: KeyUse, store: CloudStore): string | undefined {
  const path = keyPath(key);
  if (!store.get("cryptoKeys", path))
    return `googleapi: Error 404: CryptoKey ${path} not found, notFound: make it first, by gcp.kms.CryptoKey`;
  const place = locationIn(path);
  if (place !== region.toLowerCase())
    return `googleapi: Error 400: the Cloud KMS key '${path}' is in ${place}, badRequest: give one that is in ${region.toLowerCase()}, as what it encrypts`;
  const member = `serviceAccount:${agentEmail(agent, project)}`;
  const mayUse = store
    .all("cryptoKeyMembers")
    .some(
      ({ outputs }) =>
        keyPath(text(outputs["cryptoKeyId"])) === path &&
        outputs["member"] === member &&
        outputs["role"] === encrypter,
    );
  if (mayUse) return undefined;
  return `googleapi: Error 403: Permission denied on Cloud KMS key '${path}', forbidden: give ${member} the role "${encrypter}" on it by gcp.kms.CryptoKeyIAMMember, and let what it encrypts depend on that`;
}
