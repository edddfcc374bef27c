import * as path from "node:path";
import { expect, it } from "vitest";
import { projectProperty } from "../../../embedded/images/maven.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

it("a property of a Maven project is read from its file, and missed where it is not there", () => {
  const properties = "<properties>\n  <server.version>5.26.29</server.version>\n</properties>";
  const folder = temporaryFolder({ "pom.xml": `<project>\n${properties}\n</project>\n` });
  const project = path.join(folder, "pom.xml");
  expect(projectProperty(project, "server.version")).toBe("5.26.29");
  expect(() => projectProperty(project, "client.version")).toThrow(`${project} states no client.version`);
});
