import { expect, test } from "vitest";
import { parseHost } from "../../../../../embedded/plugins/docker/daemon/address.ts";

test.each([
  ["unix:///var/run/docker.sock", { kind: "socket", path: "/var/run/docker.sock" }],
  ["tcp://10.0.0.5:2375", { kind: "tcp", host: "10.0.0.5", port: 2375, secure: false }],
  ["tcp://[fd00::5]:2376", { kind: "tcp", host: "fd00::5", port: 2376, secure: false }],
  ["https://box.example.com", { kind: "tcp", host: "box.example.com", port: 443, secure: true }],
  ["ssh://admin@box.example.com:2222", { kind: "ssh", host: "box.example.com", user: "admin", port: 2222 }],
  ["ssh://box", { kind: "ssh", host: "box" }],
  ["ssh://box/run/user/1000/docker.sock", { kind: "ssh", host: "box", socket: "/run/user/1000/docker.sock" }],
])("the docker host %s is understood", (text, address) => {
  expect(parseHost(text)).toEqual(address);
});

test.each(["10.0.0.5:2375", "ftp://box", ""])(
  "the docker host %j is refused, with the forms that are allowed",
  (text) => {
    expect(() => parseHost(text)).toThrow(/is not understood: use unix:.*tcp:.*ssh:/);
  },
);

test("a password in an ssh host is refused, and not repeated", () => {
  expect(() => parseHost("ssh://admin:hunter2@box")).toThrow(/^((?!hunter2).)*has a password in it/);
});
