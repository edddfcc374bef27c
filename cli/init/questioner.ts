/** One question. */
export interface Question {
  /** What is asked, in a few words. */
  readonly message: string;
  /** Name of the setting that it is about, as `keelson:docker.httpPort`. */
  readonly name?: string;
}

/** A question that is answered by a line of text. */
export interface TextQuestion extends Question {
  /** The answer when nothing is typed. */
  readonly fallback?: string;
  /** Answers what is wrong with a text, if anything. */
  readonly objection: (text: string) => string | undefined;
}

/** One of the answers that a question offers. */
export interface Choice {
  readonly value: string;
  readonly hint?: string;
}

/** A question that is answered by one or several of a list. */
export interface ChoiceQuestion extends Question {
  readonly choices: readonly Choice[];
}

/** Somebody who can be asked. Every question throws `Cancelled` when it is not answered. */
export interface Questioner {
  text(question: TextQuestion): Promise<string>;
  /** Asks for what must not be seen. */
  hidden(question: Omit<TextQuestion, "fallback">): Promise<string>;
  confirm(question: Question & { readonly initial: boolean }): Promise<boolean>;
  choose(question: ChoiceQuestion & { readonly initial?: string }): Promise<string>;
  /** Any number of choices, none as well. */
  several(question: ChoiceQuestion & { readonly initial: readonly string[] }): Promise<readonly string[]>;
  /** Says what is wrong with answers that were all right one by one. */
  complain(objections: readonly string[]): void;
  /** Shows a text under a title. */
  show(title: string, text: string): void;
}

/** The questions were ended by the one who was asked. */
export class Cancelled extends Error {
  override readonly name = "Cancelled";
}
