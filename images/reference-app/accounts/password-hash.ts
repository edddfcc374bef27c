import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

const saltBytes = 16;
const keyBytes = 32;

/** A password as it is stored: it can be recognised by this, and not be found out. */
export async function hashOf(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  return `scrypt:${salt.toString("hex")}:${(await keyOf(password, salt)).toString("hex")}`;
}

/** Whether a password is the one that was stored, in a time that tells nothing. */
export async function isPassword(password: string, stored: string): Promise<boolean> {
  const [, salt = "", key = ""] = stored.split(":");
  const expected = Buffer.from(key, "hex");
  const found = await keyOf(password, Buffer.from(salt, "hex"));
  return expected.length === found.length && timingSafeEqual(expected, found);
}

/** By Node's own cost: 16 MiB of memory. */
function keyOf(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, keyBytes, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
