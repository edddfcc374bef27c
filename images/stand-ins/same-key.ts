import { createHash, timingSafeEqual } from "node:crypto";

/** Whether a key is the right one; takes as long for one that is nearly right as for any other. */
export function isSameKey(given: string, key: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(key));
}
