import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { base } from "../../../embedded/images/base.ts";
import { buildEmbedded } from "../../../embedded/images/build.ts";
import { buildFolder } from "../../../embedded/images/engine.ts";
import {
  embeddedReference,
  recipeDigest,
  type RecipeName,
  recipes,
} from "../../../embedded/images/recipes.ts";
import type { Containers } from "../../support/containers.ts";
import { openWith } from "../../support/embedded-images.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const names = Object.keys(recipes) as RecipeName[];

let containers: Containers;
beforeAll(async () => {
  containers = await openWith("building", ...names);
});
afterAll(() => containers.close());

describe("embedded images", () => {
  it.each(names)("say of %s that it stands in for another, and what it was made from", async (name) => {
    const { Config } = await containers.docker.getImage(embeddedReference(name)).inspect();
    expect(Config.Labels).toMatchObject({
      "keelson.embedded": "true",
      "keelson.recipe": recipeDigest(name),
      "org.opencontainers.image.description": expect.stringMatching(
        recipes[name].isStandIn
          ? /^Stand-in for \S+:\S+: another program, which answers what keelson asks of it$/
          : /^Stands in for \S+:\S+; built from packages$/,
      ),
    });
  });

  it("are not built again from the same recipes", async () => {
    const report = vi.fn<(line: string) => void>();
    const workshop = { docker: containers.docker, report, signal: new AbortController().signal };
    await buildEmbedded(names, temporaryFolder(), workshop);
    expect(report).not.toHaveBeenCalled();
  });
});

describe("a build that does not end well", () => {
  const mark = `keelson.test-${process.pid}`;
  const reference = `keelson-test/unfinished:${process.pid}`;

  function build(step: string, signal: AbortSignal) {
    const folder = temporaryFolder({
      Dockerfile: `ARG BASE\nFROM \${BASE}\nLABEL ${mark}=true\nRUN true\n${step}\n`,
    });
    const workshop = { docker: containers.docker, report: () => {}, signal };
    return buildFolder({ reference, folder, base: base.reference, labels: {} }, workshop);
  }

  async function expectNothingLeft(): Promise<void> {
    const filters = { label: [mark] };
    expect(await containers.docker.listImages({ all: true, filters })).toEqual([]);
    expect(await containers.docker.listContainers({ all: true, filters })).toEqual([]);
  }

  it("leaves nothing behind when it fails, and tells what the step said", async () => {
    const failed = build("RUN echo no such package && false", new AbortController().signal);
    await expect(failed).rejects.toThrow(/no such package[^]*returned a non-zero code: 1/);
    await expectNothingLeft();
  });

  it("leaves nothing behind when it is stopped", async () => {
    const controller = new AbortController();
    const stopped = build("RUN sleep 600", controller.signal);
    await setTimeout(4000);
    controller.abort(new Error("enough"));
    await expect(stopped).rejects.toThrow("aborted");
    await expectNothingLeft();
  });
});
