import { expect, test } from "vitest";
import { asking, isNotFound, isRefusal } from "../../../../../embedded/plugins/docker/daemon/errors.ts";

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
  expect([isNotFound(error), isRefusal(error, "no SUCH container"), isRefusal(error, "in use")]).toEqual([
    true,
    true,
    false,
  ]);
});

test("so is a refusal to answer a stream, of which the client keeps the text only", async () => {
  const text = "(HTTP code 404) no such container - No such container: c ";
  const error = await failure(Object.assign(new Error(text), { statusCode: 404, json: null }));
  expect(error.message).toBe("Unable to start container: Error response from daemon: No such container: c");
});

test("a daemon that is not running is not taken for a resource that is gone", async () => {
  const error = await failure(Object.assign(new Error("connect ENOENT /docker.sock"), { code: "ENOENT" }));
  expect(error.message).toMatch(/Cannot connect to the Docker daemon.*connect ENOENT \/docker\.sock/);
  expect(isNotFound(error)).toBe(false);
});
