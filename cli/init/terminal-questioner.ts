import { styleText } from "node:util";
import * as clack from "@clack/prompts";
import { faint } from "../terminal.ts";
import { Cancelled, type Choice, type Question, type Questioner } from "./questioner.ts";

/** Choices that are seen at once; the others are scrolled to. */
const MOST_CHOICES = 20;

/** Asks on the terminal. */
export const terminalQuestioner: Questioner = {
  async text({ fallback, objection, ...question }) {
    const given = await clack.text({
      message: guided(question),
      ...(fallback !== undefined && { placeholder: fallback || "Enter", defaultValue: fallback }),
      validate: (text) => objection(text || (fallback ?? "")),
    });
    return answered(given);
  },
  async hidden({ objection, ...question }) {
    return answered(
      await clack.password({ message: guided(question), validate: (text) => objection(text ?? "") }),
    );
  },
  async confirm({ initial, ...question }) {
    return answered(await clack.confirm({ message: shown(question), initialValue: initial }));
  },
  async choose({ choices, initial, ...question }) {
    return answered(
      await clack.select({
        message: shown(question),
        options: choices.map(option),
        maxItems: MOST_CHOICES,
        ...(initial !== undefined && { initialValue: initial }),
      }),
    );
  },
  async several({ choices, initial, ...question }) {
    return answered(
      await clack.multiselect({
        message: shown(question),
        options: choices.map(option),
        initialValues: [...initial],
        maxItems: MOST_CHOICES,
        required: false,
      }),
    );
  },
  complain: (objections) => clack.log.error(objections.join("\n")),
  show: (title, text) => clack.note(text, title, { format: (line) => line }),
};

function shown({ message, name }: Question): string {
  return name === undefined ? message : `${message}\n${faint(name)}`;
}

/** Of questions for text, the library guides the eye along the first line alone. */
function guided({ message, name }: Question): string {
  return name === undefined
    ? message
    : `${message}\n${styleText("gray", clack.S_BAR, { stream: process.stdout })}  ${faint(name)}`;
}

const option = ({ value, hint }: Choice) => ({ value, ...(hint !== undefined && { hint }) });

/** What was answered: Ctrl-C and Escape are symbols. */
function answered<Given>(given: Given): Exclude<Given, symbol> {
  if (typeof given === "symbol") throw new Cancelled("the questions were ended");
  return given as Exclude<Given, symbol>;
}
