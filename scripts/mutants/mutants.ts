import type { PlantedBug } from "../planted/planted-bugs.ts";

export const mutants: readonly PlantedBug[] = [];
