/** A release of Kubernetes, as a cloud offers it. */
export interface Release {
  /** As in "1.34". */
  readonly version: string;
  /** Last day of the cloud's standard support, in ISO 8601. */
  readonly until: string;
  /**
   * Last day of support that costs extra.
   *
   * @defaultValue there is none
   */
  readonly extendedUntil?: string;
}

/**
 * Releases that the clouds support, as of 2026-11-20; the newest first, which is the default.
 *
 * - EKS: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html#kubernetes-release-calendar
 * - AKS: https://learn.microsoft.com/azure/aks/supported-kubernetes-versions, which names months: twelve of them from general
 *   availability on, as https://github.com/Azure/AKS/releases announces it
 * - GKE: https://cloud.google.com/kubernetes-engine/docs/release-schedule, for what the Regular channel has; where no day is
 *   published yet, 14 months after that channel got it, and 24 months with the Extended channel
 *   (https://cloud.google.com/kubernetes-engine/versioning)
 */
export const RELEASES: Readonly<Record<"eks" | "gke" | "aks", readonly Release[]>> = {
  eks: [
    { version: "1.36", until: "2027-08-02", extendedUntil: "2028-08-02" },
    { version: "1.35", until: "2027-03-27", extendedUntil: "2028-03-27" },
    { version: "1.34", until: "2026-12-02", extendedUntil: "2027-12-02" },
    { version: "1.33", until: "2026-07-29", extendedUntil: "2027-07-29" },
    { version: "1.32", until: "2026-03-23", extendedUntil: "2027-03-23" },
  ],
  gke: [
    // Counted by the rule.
    { version: "1.36", until: "2027-08-01", extendedUntil: "2028-06-01" },
    { version: "1.35", until: "2027-04-11", extendedUntil: "2028-02-11" },
    { version: "1.34", until: "2026-10-01", extendedUntil: "2027-09-30" },
  ],
  aks: [
    { version: "1.36", until: "2027-06-30" },
    { version: "1.35", until: "2027-03-31" },
    { version: "1.34", until: "2026-11-30" },
  ],
};

/** What is to be said of a version before a cluster is made of it. */
export interface VersionJudgement {
  /** Why the cloud won't take it, or won't much longer. */
  readonly mistake?: string;
  /** What will change soon. */
  readonly warning?: string;
}

const WARNING_DAYS = 60;
const DAY_MS = 86_400_000;

/** The version of a cluster whose stack names none: the newest that the cloud calls stable. */
export function defaultVersion(cloud: keyof typeof RELEASES): string {
  return RELEASES[cloud][0]!.version;
}

/** Whether a cloud supports a version, and for how long still. */
export function judgeVersion(
  cloud: keyof typeof RELEASES,
  version: string,
  today = new Date(),
): VersionJudgement {
  const supported = RELEASES[cloud].filter(
    ({ until, extendedUntil = until }) => !isPast(extendedUntil, today),
  );
  const release = supported.find((each) => each.version === version);
  const others = supported.map((each) => `${each.version} (until ${each.until})`).join(", ");
  if (!release) return { mistake: `Kubernetes "${version}" is not supported; use one of ${others}` };
  const { until, extendedUntil } = release;
  if (isPast(until, today))
    return {
      warning: `Kubernetes ${version} is beyond standard support since ${until} and costs extra; it ends on ${extendedUntil}: upgrade by one minor version at a time to one of ${others}`,
    };
  if (isPast(until, new Date(today.getTime() + WARNING_DAYS * DAY_MS)))
    return {
      warning: `standard support of Kubernetes ${version} ends on ${until}: upgrade to one of ${others}`,
    };
  return {};
}

function isPast(day: string, today: Date): boolean {
  return today.getTime() >= Date.parse(day) + DAY_MS;
}
