import { alembic } from "./alembic.ts";
import type { Command } from "./command.ts";
import { hf } from "./hf.ts";
import { next } from "./next.ts";
import { python } from "./python.ts";
import { streamlit } from "./streamlit.ts";
import { uvicorn } from "./uvicorn.ts";

/** The commands by the name of the file that was called. */
export const commands: Readonly<Record<string, Command>> = {
  alembic,
  hf,
  python,
  server: next,
  streamlit,
  uvicorn,
};
