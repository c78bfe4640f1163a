// Where actors write for people. It formats nothing and keeps nothing.

/** Where an actor's lines go. A pino logger is one. */
export interface Logger {
  debug(fields: object, text: string): void;
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
}
