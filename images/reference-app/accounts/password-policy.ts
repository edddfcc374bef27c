/** What a password must have, by what it has without. */
const policy: readonly (readonly [missing: string, present: RegExp])[] = [
  ["fewer than 8 characters", /^.{8,}$/su],
  ["no capital letter", /[A-Z]/],
  ["no small letter", /[a-z]/],
  ["no digit", /[0-9]/],
  ["no symbol", /[^\p{L}\p{N}\s]/u],
];

/** What a password lacks; an application checks this itself, whoever chose the password. */
export function passwordProblems(password: string): readonly string[] {
  return policy.filter(([, present]) => !present.test(password)).map(([missing]) => missing);
}
