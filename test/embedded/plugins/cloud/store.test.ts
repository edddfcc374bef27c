import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { expect, test } from "vitest";
import { CloudStore, type Stored } from "../../../../embedded/plugins/cloud/store.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const vpc: Stored = { type: "vpcs", id: "vpc-1", urn: "urn", outputs: { arn: "arn:vpc-1" }, uses: [] };

test("a resource is found by its id and by its outputs, by this process and by the next", () => {
  const home = temporaryFolder();
  new CloudStore("aws", home).put(vpc);
  const next = new CloudStore("aws", home);
  expect(next.get("vpcs", "vpc-1")).toEqual(vpc);
  expect(next.find("vpcs", "arn", "arn:vpc-1")).toEqual(vpc);
  expect(next.find("vpcs", "arn", "arn:vpc-2")).toBeUndefined();
  expect(new CloudStore("gcp", home).everything()).toEqual([]);
});

test("only the user may read what is kept, and nothing unfinished is left", () => {
  const store = new CloudStore("aws", temporaryFolder());
  store.put(vpc);
  const file = store.fileOf("vpcs", "vpc-1");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(path.dirname(file))).toEqual([path.basename(file)]);
});

test("ids of any length and with any characters have files of their own", () => {
  const store = new CloudStore("aws", temporaryFolder());
  const long = "/subscriptions/".repeat(40);
  const ids = ["a/b", "a%2Fb", "../a", `${long}1`, `${long}2`];
  for (const id of ids) store.put({ ...vpc, id });
  expect(
    store
      .all("vpcs")
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(ids.toSorted());
  expect(ids.every((id) => path.basename(store.fileOf("vpcs", id)).length <= 255)).toBe(true);
});

test("users of a resource are those that hold it", () => {
  const store = new CloudStore("aws", temporaryFolder());
  const use = { type: "vpcs", id: "vpc-1", holds: true };
  store.put(vpc);
  store.put({ ...vpc, type: "subnets", id: "subnet-1", uses: [use] });
  store.put({ ...vpc, type: "flow-logs", id: "fl-1", uses: [{ ...use, holds: false }] });
  expect(store.usersOf("vpcs", "vpc-1").map(({ id }) => id)).toEqual(["subnet-1"]);
});

test("a file that was broken by hand is refused by its name, with what to do", () => {
  const store = new CloudStore("aws", temporaryFolder());
  store.put(vpc);
  const file = store.fileOf("vpcs", "vpc-1");
  writeFileSync(file, readFileSync(file, "utf8").replace('"urn": "urn"', '"urn": 1'));
  expect(() => store.get("vpcs", "vpc-1")).toThrow(
    new RegExp(`^${file} is not as it was written: [^]*mend it, or delete it and refresh the stack$`),
  );
});
