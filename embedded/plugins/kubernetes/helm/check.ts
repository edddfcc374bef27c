import type { Checked, CheckRequest, Failure } from "../../provider/questions.ts";
import type { Context } from "../../provider/resource.ts";
import { hasUnknown, type Values } from "../../provider/value.ts";
import { revealed, secret } from "../../provider/wire.ts";
import type { Cluster } from "../config/cluster.ts";
import { hasSecret, withSecretsOf } from "../model/secrets.ts";
import { exactVersion } from "./charts.ts";
import { releaseOf, wholeInputs } from "./inputs.ts";
import { chartOf } from "./revision.ts";

/** https://github.com/helm/helm/blob/v3.19.0/pkg/chartutil/validate_name.go */
const releaseName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const longestName = 53;

/** Completes the inputs, and says what is wrong with them: a chart that nothing is known of, a version that is none, a name that Helm refuses. */
export function check(request: CheckRequest, { configuration: cluster, log }: Context<Cluster>): Checked {
  if (cluster.unreachable !== undefined && cluster.settings.skipUpdateUnreachable) {
    log(
      "warning",
      "the cluster is unreachable, and skipUpdateUnreachable is set: the release is left as it is",
    );
    return { inputs: request.oldInputs, failures: [] };
  }
  const given = revealed(request.inputs);
  if (given["allowNullValues"] === true)
    log("warning", "`allowNullValues` is deprecated and has no effect: nulls among values always stay");
  const inputs = wholeInputs(given, revealed(request.oldInputs), request, cluster.defaultNamespace);
  const failures: Failure[] = [];
  const marked = withSecretsOf(request.inputs, resolved(inputs, failures));
  // What is in a secret file stands among the values.
  const hidden = hasSecret(request.inputs["valueYamlFiles"] ?? null);
  return { inputs: hidden ? { ...marked, values: secret(marked["values"] ?? {}) } : marked, failures };
}

function resolved(inputs: Values, failures: Failure[]): Values {
  const release = releaseOf(inputs);
  if (!hasUnknown(inputs["name"]) && !isReleaseName(release.name))
    failures.push({
      property: "name",
      reason: `invalid release name, must match regex ${releaseName.source} and the length must not be longer than ${longestName}: "${release.name}"`,
    });
  if (["chart", "version", "repositoryOpts"].some((name) => hasUnknown(inputs[name]))) return inputs;
  try {
    return { ...inputs, version: exactVersion(chartOf(release), release.version) };
  } catch (error) {
    failures.push({ property: "chart", reason: error instanceof Error ? error.message : String(error) });
    return inputs;
  }
}

function isReleaseName(name: string): boolean {
  return releaseName.test(name) && name.length <= longestName;
}
