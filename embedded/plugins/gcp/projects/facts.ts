/** What Google Cloud has decided of a project. In the imagined one there is every project, each paid for by an account of its own. */
import { decimalDigits, hexDigits } from "../../cloud/ids.ts";

/** By which Google Cloud's own service accounts in the project are named. */
export function projectNumber(project: string): string {
  return decimalDigits(`project ${project}`, 12);
}

/** The account that pays for a project. */
export function billingAccountOf(project: string): string {
  const digits = hexDigits(`billing account ${project}`, 18).toUpperCase();
  return [digits.slice(0, 6), digits.slice(6, 12), digits.slice(12)].join("-");
}
