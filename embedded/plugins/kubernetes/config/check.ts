import type { Failure } from "../../provider/questions.ts";
import { nameOfUrn } from "../../provider/urn.ts";
import type { Values } from "../../provider/value.ts";

/** Refuses settings of the provider that do not go together. */
export function checkSettings(
  urn: string,
  settings: Values,
  environment: Readonly<Record<string, string | undefined>>,
): readonly Failure[] {
  const isOn = (name: string): boolean => settings[name] === true || settings[name] === "true";
  const isGiven = (name: string): boolean => settings[name] !== undefined && settings[name] !== "";
  if (isOn("strictMode")) {
    const failures = strictFailures(urn, isGiven);
    if (failures.length > 0) return failures;
  }
  if (isGiven("renderYamlToDirectory")) return renderFailures(settings, isGiven, environment);
  if (isOn("alwaysRender"))
    return [
      { property: "alwaysRender", reason: '"alwaysRender" requires "renderYamlToDirectory" to be set' },
    ];
  return [];
}

/** Nothing may be taken from the user's surroundings. */
function strictFailures(urn: string, isGiven: (name: string) => boolean): readonly Failure[] {
  const isDefault = /^default(_|$)/.test(nameOfUrn(urn));
  const missing = ["kubeconfig", "context"].filter((name) => !isGiven(name));
  return [
    ...(isDefault ? [{ property: "", reason: "strict mode prohibits default provider" }] : []),
    ...missing.map((property) => ({
      property,
      reason: `strict mode requires Provider "${property}" argument`,
    })),
  ];
}

/** SDKs fill in the user's `$KUBECONFIG`, which is no choice of a cluster. */
function renderFailures(
  settings: Values,
  isGiven: (name: string) => boolean,
  environment: Readonly<Record<string, string | undefined>>,
): readonly Failure[] {
  const isChosen = (name: string): boolean =>
    isGiven(name) && !(name === "kubeconfig" && settings[name] === environment.KUBECONFIG);
  return ["cluster", "context", "kubeconfig"].filter(isChosen).map((property) => ({
    property,
    reason: `"${property}" arg is not compatible with "renderYamlToDirectory" arg`,
  }));
}
