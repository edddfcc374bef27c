import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import type { Questioner } from "../../../cli/init/questioner.ts";
import { type StackFile, stackFileOf } from "../../../cli/init/stack-file.ts";
import { askForStack, type Described, stackWithoutQuestions } from "../../../cli/init/wizard.ts";
import { Mendable } from "../../../cli/mendable.ts";
import { loadKind } from "../../../cli/targets/index.ts";
import { platforms } from "../../../stacks/platforms.ts";
import { MistakenSettings, parse } from "../../../stacks/settings.ts";
import { targets } from "../../../stacks/targets.ts";
import { arbitrary, easygoing, SECRETS } from "./people.ts";

const stacks = Object.keys(platforms).flatMap((platform) =>
  Object.keys(targets).map((target) => ({ platform, target })),
);

const ask = (questioner: Questioner, answered: { platform: string; target: string }) =>
  askForStack(answered, { questioner, offersFor: async (name) => (await loadKind(name))!.offers() });

/** What the program reads of a stack file, once the engine has decrypted it. */
function read({ text, secrets }: StackFile, shape: Described["shape"]) {
  const { config } = parseYaml(text) as { config: Record<string, unknown> };
  for (const [path, secret] of Object.entries(secrets)) put(config, segments(path), secret.reveal());
  const values = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const groups = Object.keys(secrets).map((path) => segments(path)[0]!);
  return parse(shape, { values: Object.fromEntries(values), secrets: new Set(groups) });
}

const segments = (path: string) => path.split(/[.[\]]+/).filter(Boolean);

function put(within: Record<string, unknown>, [key, ...rest]: readonly string[], value: string): void {
  if (rest.length === 0) within[key!] = value;
  else put((within[key!] ??= {}) as Record<string, unknown>, rest, value);
}

describe.each(stacks)("a stack of $platform on $target", (stack) => {
  it("[K12] is valid when everything that is offered is taken", async () => {
    const { name, settings, shape } = await ask(easygoing(), stack);
    expect(name).toBe(`${stack.platform}-${stack.target}`);
    const file = stackFileOf(settings, shape);
    expect(read(file, shape)).toMatchObject({ ...stack, host: "localhost", environment: "production" });
  });

  it("[K12] [G3] is valid whatever is answered, and no secret is in clear in its file", async () => {
    const whatever = fc.asyncProperty(fc.gen(), async (gen) => {
      const { settings, shape } = await ask(arbitrary(gen), stack);
      const file = stackFileOf(settings, shape);
      expect(() => read(file, shape)).not.toThrow();
      expect(SECRETS.filter((secret) => file.text.includes(secret))).toEqual([]);
    });
    await fc.assert(whatever, { numRuns: 30 });
  });
});

describe("without questions", () => {
  it("a stack has what the command line says, and a name that tells its environment", () => {
    const answered = {
      platform: "acceleration",
      target: "docker",
      environment: "staging",
      host: "a.example",
    };
    const { name, settings, shape } = stackWithoutQuestions(answered);
    expect(name).toBe("acceleration-docker-staging");
    expect(stackFileOf(settings, shape).text).toBe(
      [
        "# Every setting is explained in docs/operations.md; secrets are encrypted.",
        "config:",
        "  keelson:platform: acceleration",
        "  keelson:target: docker",
        "  keelson:host: a.example",
        "  keelson:environment: staging",
        "",
      ].join("\n"),
    );
  });

  it.each([
    [{ target: "docker" }, "without questions the platform must be given"],
    [{ platform: "accelerator", target: "docker" }, '"accelerator" is no platform'],
    [{ platform: "acceleration", target: "podman" }, '"podman" is no target'],
    [
      { platform: "acceleration", target: "docker", environment: "prod" },
      '--environment is "prod"; keelson:environment takes "development" or "staging" or "production"',
    ],
    [{ stack: "my stack", platform: "acceleration", target: "docker" }, '"my stack" is no name for a stack'],
  ])("%o is refused", (answered, message) => {
    expect(() => stackWithoutQuestions(answered)).toThrow(Mendable);
    expect(() => stackWithoutQuestions(answered)).toThrow(message);
  });

  it("a stack that lacks what has no default is refused with the program's own words", () => {
    const { settings, shape } = stackWithoutQuestions({ platform: "acceleration", target: "kubernetes" });
    expect(() => stackFileOf(settings, shape)).toThrow(MistakenSettings);
    expect(() => stackFileOf(settings, shape)).toThrow("keelson:kubernetes.nodes is missing");
  });
});
