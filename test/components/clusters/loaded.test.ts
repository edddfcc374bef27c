import { expect, it } from "vitest";
import { loaded } from "../../../components/clusters/loaded.ts";

const failing = (code: string, message: string) => () =>
  Promise.reject(Object.assign(new Error(message), { code }));

it("[G2] [G18] whoever has no SDK of a cloud is told which package to install", async () => {
  const missing = failing("ERR_MODULE_NOT_FOUND", "Cannot find package '@pulumi/aws' imported from eks.js");
  await expect(loaded("@pulumi/aws", missing)).rejects.toThrow(/npm install @pulumi\/aws$/);
});

it("what fails in another way is told as it is", async () => {
  const other = failing("ERR_MODULE_NOT_FOUND", "Cannot find module './network.js' imported from eks.js");
  await expect(loaded("@pulumi/aws", other)).rejects.toThrow("./network.js");
  await expect(loaded("@pulumi/aws", failing("EACCES", "no"))).rejects.toThrow("no");
  expect(await loaded("@pulumi/aws", () => Promise.resolve("module"))).toBe("module");
});
