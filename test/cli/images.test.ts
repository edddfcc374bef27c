import { expect, test } from "vitest";
import { chooseImages, imageNames, mappingOf, namesOf } from "../../cli/images.ts";
import { catalogue } from "../../components/images.ts";
import { embeddedReferences } from "../../embedded/images/index.ts";

const embedded = embeddedReferences();
const official = new Set<string>(Object.values(catalogue));
/** Those that are always built here. */
const own = {
  "reference-app": embedded["reference-app"],
  "reference-worker": embedded["reference-worker"],
};

test("official images that are there need no mapping; those that are built here always do", () => {
  const { mapping, missing } = chooseImages(new Set([...official, ...Object.values(own)]));
  expect(mapping).toEqual(own);
  expect(missing).toEqual([]);
});

test("an official image is preferred to the embedded one", () => {
  const { mapping } = chooseImages(new Set([...official, ...Object.values(embedded)]));
  expect(mapping).toEqual(own);
});

test("embedded images that are there are mapped", () => {
  const { mapping, missing } = chooseImages(new Set(Object.values(embedded)));
  expect(mapping).toEqual(embedded);
  expect(missing).toEqual([]);
});

test("an image that is there in neither form is missing, and counts as embedded where others are", () => {
  const { mapping, missing } = chooseImages(new Set([embedded.redis]));
  expect(missing).toEqual(imageNames.filter((name) => name !== "redis"));
  expect(mapping.postgres).toBe(embedded.postgres);
});

test("on a host without any image the official ones are reckoned with", () => {
  expect(chooseImages(new Set()).mapping).toEqual(own);
});

test("the program is told of images that were obtained, except those that it names itself", () => {
  const obtained = {
    redis: { reference: catalogue.redis, kind: "official", why: "pulled" },
    postgres: { reference: embedded.postgres, kind: "embedded", why: "no registry" },
  } as const;
  expect(mappingOf(obtained)).toEqual({ postgres: embedded.postgres });
});

test("images are recognised by either reference, and those of others are not", () => {
  expect(namesOf([catalogue.redis, embedded.postgres, "mine:1"]).toSorted()).toEqual(["postgres", "redis"]);
});
