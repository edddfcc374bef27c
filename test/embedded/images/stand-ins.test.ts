import { describe, expect, it } from "vitest";
import { catalogue } from "../../../components/images.ts";
import { obtainImages } from "../../../embedded/images/index.ts";
import { embeddedReference, recipeDigest, recipes } from "../../../embedded/images/recipes.ts";
import { standIns } from "../../../embedded/images/stand-ins.ts";
import { EngineWithImages } from "../../support/engine-with-images.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

describe.each(standIns)("the stand-in for %s", (name) => {
  it("is told apart from an embedded image by its name, and has the version whose API it answers", () => {
    const { version } = recipes[name];
    expect(embeddedReference(name)).toBe(`keelson-stand-in/${name}:${version}`);
    expect(catalogue[name]).toContain(version);
  });

  it("is taken only where no registry answers, and is said to be another program", async () => {
    const images = { [embeddedReference(name)]: { "keelson.recipe": recipeDigest(name) } };
    const report = () => {};
    const home = temporaryFolder();
    const outage = await EngineWithImages.start({ images, pullError: "dial tcp: i/o timeout" });
    const taken = await obtainImages([name], { docker: outage.docker, report, home });
    expect(taken[name]).toEqual({
      reference: embeddedReference(name),
      kind: "embedded",
      why: `another program that stands in for ${catalogue[name]}: no registry can be reached (dial tcp: i/o timeout)`,
    });
    const reachable = await EngineWithImages.start({ images });
    const pulled = await obtainImages([name], { docker: reachable.docker, report, home: temporaryFolder() });
    expect(pulled[name]).toMatchObject({ reference: catalogue[name], kind: "official" });
  });
});
