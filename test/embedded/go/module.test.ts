import { expect, test } from "vitest";
import { checksum, goVersion, requiredVersion } from "../../../embedded/go/module.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const module = () =>
  temporaryFolder({
    "go.mod":
      "module example.com/all\n\ngo 1.26.3\n\nrequire example.com/one v1.2.3\n\nrequire (\n\texample.com/two v0.4.0-rc.1 // indirect\n)\n",
    "go.sum": "example.com/one v1.2.3 h1:abc=\nexample.com/one v1.2.3/go.mod h1:def=\n",
  });

test("a go.mod says which Go it needs, and which versions of other modules", () => {
  expect(goVersion(module())).toBe("1.26.0");
  expect(requiredVersion(module(), "example.com/one")).toBe("1.2.3");
  expect(requiredVersion(module(), "example.com/two")).toBe("0.4.0-rc.1");
});

test("the checksum of a module is that of its content, not of its go.mod", () => {
  expect(checksum(module(), "example.com/one")).toBe("h1:abc=");
});

test("what a module does not name is an error that names its file", () => {
  expect(() => requiredVersion(module(), "example.com/t")).toThrow(
    /go\.mod does not name a version of example\.com\/t$/,
  );
  expect(() => checksum(module(), "example.com/two")).toThrow(
    /go\.sum has no checksum of example\.com\/two$/,
  );
});
