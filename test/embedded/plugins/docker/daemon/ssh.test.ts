import { expect, test } from "vitest";
import { sshArguments } from "../../../../../embedded/plugins/docker/daemon/ssh.ts";

test("ssh is called as Docker's own client calls it", () => {
  expect(
    sshArguments({ kind: "ssh", host: "box", user: "admin", port: 2222, socket: "/run/docker.sock" }, [
      "-i",
      "key",
    ]),
  ).toEqual([
    ...["-i", "key"],
    ...["-o", "ConnectTimeout=30", "-T", "-l", "admin", "-p", "2222", "--", "box"],
    ...["docker", "--host", "unix:///run/docker.sock", "system", "dial-stdio"],
  ]);
});

test("a connection time-out of one's own is kept", () => {
  const options = ["-o", "ConnectTimeout=5"];
  expect(sshArguments({ kind: "ssh", host: "box" }, options)).toEqual([
    ...options,
    ...["-T", "--", "box", "docker", "system", "dial-stdio"],
  ]);
});
