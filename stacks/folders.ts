/** Name under which a target knows the folder that somebody else fills with archives of models. */
export const MODEL_FOLDER = "models";
