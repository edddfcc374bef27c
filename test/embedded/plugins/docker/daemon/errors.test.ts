import { expect, test } from "vitest";
import {
  asking,
  ifThere,
  isRefusal,
  unlessSo,
} from "../../../../../embedded/plugins/docker/daemon/errors.ts";

async function failure(error: unknown): Promise<Error> {
  try {
    await asking("Unable to start container", Promise.reject(error as Error));
  } catch (thrown) {
    return thrown as Error;
  }
  throw new Error("nothing was thrown");
}

test("a refusal is told in the words of Docker's own client", async () => {
  const error = await failure(
    Object.assign(new Error("(HTTP code 404) no such container - No such container: c "), {
      statusCode: 404,
      json: { message: "No such container: c" },
    }),
  );
  expect(error.message).toBe("Unable to start container: Error response from daemon: No such container: c");
  expect([isRefusal(error, "no SUCH container"), isRefusal(error, "in use")]).toEqual([true, false]);
  expect(await ifThere(Promise.reject(error))).toBeUndefined();
});

test("so is a refusal to answer a stream, of which the client keeps the text only", async () => {
  const text = "(HTTP code 404) no such container - No such container: c ";
  const error = await failure(Object.assign(new Error(text), { statusCode: 404, json: null }));
  expect(error.message).toBe("Unable to start container: Error response from daemon: No such container: c");
});

test("a daemon that is not running is not taken for a resource that is gone", async () => {
  const error = await failure(Object.assign(new Error("connect ENOENT /docker.sock"), { code: "ENOENT" }));
  expect(error.message).toMatch(/Cannot connect to the Docker daemon.*connect ENOENT \/docker\.sock/);
  await expect(ifThere(Promise.reject(error))).rejects.toBe(error);
});

test("a container that is started or stopped already is no failure, anything else is", async () => {
  const already = await failure(Object.assign(new Error("not modified"), { statusCode: 304 }));
  const broken = await failure(Object.assign(new Error("server error"), { statusCode: 500 }));
  await unlessSo(Promise.reject(already));
  await expect(unlessSo(Promise.reject(broken))).rejects.toBe(broken);
});
