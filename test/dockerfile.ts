/** Owns the reading of a Dockerfile by its instructions. Must not build anything. */
import { DockerfileParser } from "dockerfile-ast";

/** What stands behind each instruction of this name, its lines joined. */
export const instructionsOf = (text: string, name: string): string[] =>
  DockerfileParser.parse(text)
    .getInstructions()
    .filter((instruction) => instruction.getKeyword() === name)
    .map((instruction) => (instruction.getRawArgumentsContent() ?? "").replace(/\\\n\s*/g, ""));
