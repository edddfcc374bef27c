import { describe, expect, it } from "vitest";
import { shapeOf } from "../../stacks/deploy.ts";
import { MistakenSettings, parse } from "../../stacks/settings.ts";

const KEY = "keelson:observability";

function read(observability: unknown, secrets = new Set([KEY])) {
  const values = {
    "keelson:platform": "acceleration",
    "keelson:target": "docker",
    [KEY]: JSON.stringify(observability),
  };
  return parse(shapeOf("acceleration", "docker"), { values, secrets }).observability;
}

/** What is wrong with it. */
function mistakes(observability: unknown, secrets?: Set<string>): string[] {
  try {
    read(observability, secrets);
  } catch (error) {
    if (!(error instanceof MistakenSettings)) throw error;
    return error.mistakes.map(({ path, reason }) => `${path} ${reason}`);
  }
  return [];
}

const admin = { user: "elastic", password: "of-a-server" };

describe("the setting by which a platform is observed", () => {
  it("[G10] is on with all defaults by true, and off by false or where it is left out", () => {
    expect(read(true)).toEqual({});
    expect(read({ logs: true, samplingRatio: 0.5 })).toEqual({ logs: {}, samplingRatio: 0.5 });
    expect(read({ logs: false })).toEqual({});
    expect(read(false)).toBeUndefined();
    const values = { "keelson:platform": "acceleration", "keelson:target": "docker" };
    const none = parse(shapeOf("acceleration", "docker"), { values, secrets: new Set() });
    expect(none.observability).toBeUndefined();
  });

  it("[G10] shows all its mistakes at once, each with what is allowed", () => {
    const wrong = {
      trace: true,
      samplingRatio: 2,
      storageGiB: 0,
      downSeconds: "soon",
      logs: { index: "Lcnc" },
    };
    expect(mistakes(wrong, new Set()).toSorted()).toEqual([
      'keelson:observability.downSeconds is "soon"; it takes a whole number from 0 to 3600',
      'keelson:observability.logs.index is "Lcnc"; it takes small letters, digits and dashes, 64 at most',
      "keelson:observability.samplingRatio is 2; it takes a number above 0, 1 at most",
      "keelson:observability.storageGiB is 0; it takes a whole number from 1 to 65536",
      expect.stringMatching(/^keelson:observability\.trace is no setting; there are: traces, /),
    ]);
    expect(mistakes("yes", new Set())).toEqual([
      expect.stringContaining("it takes true, false or { traces, "),
    ]);
  });

  it("[G3] refuses the password of a server for logs in clear text, without repeating it", () => {
    const external = { url: "https://logs.example.com:9200", admin };
    expect(read({ logs: { external } })).toEqual({ logs: { external } });
    const [refusal = "", ...others] = mistakes({ logs: { external } }, new Set());
    expect(others).toEqual([]);
    expect(refusal).toContain("keelson:observability.logs.external.admin.password stands in clear text");
    expect(refusal).not.toContain("of-a-server");
  });
});
