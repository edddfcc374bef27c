import { judgeVersion } from "../../../../components/clusters/versions.ts";

const form = /^1\.(\d+)(\.\d+(-gke\.\d+)?)?$/;

/**
 * What is wrong with a control plane's version, or with the way to it: https://cloud.google.com/kubernetes-engine/upgrades#version_skew_policy
 *
 * @param before the version that was asked for last; an empty text or nothing if none was
 */
export function problemOfUpgrade(
  version: string | undefined,
  before: string | undefined,
): string | undefined {
  if (version === undefined || version === "latest") return undefined;
  const minor = minorOf(version);
  if (minor === undefined)
    return `googleapi: Error 400: "${version}" is no version, badRequest: give it as in "1.34", "1.34.1" or "1.34.1-gke.1000"`;
  const { mistake } = judgeVersion("gke", `1.${minor}`);
  if (mistake !== undefined)
    return `googleapi: Error 400: Master version "${version}" is unsupported, badRequest: ${mistake}`;
  const old = minorOf(before ?? "");
  if (old === undefined) return undefined;
  if (minor < old)
    return `googleapi: Error 400: Master cannot be downgraded from ${before} to ${version}, badRequest`;
  return minor > old + 1
    ? `googleapi: Error 400: Master cannot be upgraded from ${before} to ${version}, badRequest: it takes one minor version at a time, so go to 1.${old + 1} first`
    : undefined;
}

function minorOf(version: string): number | undefined {
  const [, minor] = form.exec(version) ?? [];
  return minor === undefined ? undefined : Number(minor);
}
