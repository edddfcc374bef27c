/** Secrets without which a stack of a platform is refused, as whoever brings it up would set them. No stack file has them. */
export const neededSecrets: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  orchestration: { openaiApiKey: "generated-by-openai" },
};
